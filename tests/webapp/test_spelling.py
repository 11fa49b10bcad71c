"""Values as people read them: money with its cents wherever it stands, a dash where there is nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask

from engine.commands import StartProcess
from engine.identity import SYSTEM
from engine.queries import TaskList
from webapp.spelling import spelled

FORM = (
    "<extensionElements><camunda:properties><camunda:property name='columns' value='total €'/></camunda:properties>"
    "</extensionElements><startEvent id='s'/><sequenceFlow id='f' sourceRef='s' targetRef='t'/>"
    "<userTask id='t' name='Pay'><extensionElements><camunda:formData>"
    "<camunda:formField id='total' label='Total' type='double'><camunda:validation>"
    "<camunda:constraint name='readonly'/></camunda:validation></camunda:formField>"
    "<camunda:formField id='note' label='Note' type='string'><camunda:validation>"
    "<camunda:constraint name='readonly'/></camunda:validation></camunda:formField>"
    "</camunda:formData></extensionElements></userTask>"
)


@pytest.mark.parametrize(
    ("value", "unit", "english", "german"),
    [
        (276.9, "€", "276.90 €", "276,90 €"),
        (1200, "€", "1,200 €", "1.200 €"),
        (1200.0, "EUR", "1,200 EUR", "1.200 EUR"),
        (Decimal("12.345"), "$", "12.34 $", "12,34 $"),
        (276.9, "", "276.9", "276,9"),
        (276.9, "kg", "276.9 kg", "276,9 kg"),
        ("about 10", "€", "about 10 €", "about 10 €"),
        (10**40, "€", f"{10**40} €", f"{10**40} €"),
        (1.5e300, "", "1.5e+300", "1.5e+300"),
        (Decimal("1e400"), "€", "1E+400 €", "1E+400 €"),
        (float("inf"), "€", "∞ €", "∞ €"),
        (float("nan"), "€", "NaN €", "NaN €"),
        (Decimal("NaN"), "€", "NaN €", "NaN €"),
        (True, "€", "yes €", "ja €"),
    ],
)
def test_money_has_its_cents(value, unit, english, german):
    for language, wanted in (("en", english), ("de", german)):
        with Flask(__name__).test_request_context(headers={"Accept-Language": language}):
            assert spelled(value, unit) == wanted


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_where_nothing_is_stands_a_dash(nothing):
    assert spelled(nothing) == spelled(nothing, "€") == "–"


def test_false_and_nought_are_something():
    assert (spelled(False), spelled(0), spelled(0, "€")) == ("no", "0", "0 €")


def test_an_amount_reads_the_same_in_the_list_the_task_and_the_case(reader, engine, deploy, model):
    definition = deploy(model(FORM), "pay.bpmn")
    id = engine.execute(StartProcess(definition_id=definition, variables={"total": 276.9, "note": ""}), SYSTEM)
    (task,) = engine.query(TaskList(view="all"), SYSTEM).rows
    otto = reader("otto")
    assert 'class="about">276.90 €' in otto.get("/tasks")
    assert "<td>276.90 €</td>" in otto.get(f"/tasks/{task.id}")
    assert "<td>–</td>" in otto.page
    assert "<td>276.90 €</td>" in otto.get(f"/instances/{id}")
