"""What a form tells and does not ask: addresses as links, answers by their labels; and the unit in what it asks."""

from __future__ import annotations

import pytest

from engine.commands import StartProcess
from engine.identity import SYSTEM
from engine.queries import TaskList
from webapp.spelling import is_address

FORM = (
    "<extensionElements><camunda:properties><camunda:property name='columns' value='total €'/></camunda:properties>"
    "</extensionElements><startEvent id='s'><extensionElements><camunda:formData>"
    "<camunda:formField id='total' label='Total' type='double'/></camunda:formData></extensionElements></startEvent>"
    "<sequenceFlow id='f' sourceRef='s' targetRef='t'/>"
    "<userTask id='t' name='Look'><extensionElements><camunda:formData>"
    "<camunda:formField id='link' label='Where' type='string'><camunda:validation>"
    "<camunda:constraint name='readonly'/></camunda:validation></camunda:formField>"
    "<camunda:formField id='risk' label='Risk' type='enum'><camunda:value id='hi' name='Very high'/>"
    "<camunda:validation><camunda:constraint name='readonly'/></camunda:validation></camunda:formField>"
    "<camunda:formField id='total' label='Total' type='double'/>"
    "<camunda:formField id='words' label='Words' type='multiline'/>"
    "</camunda:formData></extensionElements></userTask>"
)


@pytest.fixture
def page(reader, engine, deploy, model):
    """The task's page, where the variables have these values."""
    definition = deploy(model(FORM), "look.bpmn")
    otto = reader("otto")

    def show(**variables) -> str:
        engine.execute(StartProcess(definition_id=definition, variables=variables), SYSTEM)
        (task,) = engine.query(TaskList(view="all"), SYSTEM).rows
        return otto.get(f"/tasks/{task.id}")

    return show


def test_an_address_is_a_link_that_opens_beside_the_form(page):
    text = page(link="https://files.example/c-73?a=1&b=2")
    assert '<a href="https://files.example/c-73?a=1&amp;b=2" target="_blank" rel="noopener' in text


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//files.example/a",
        "see https://files.example/a",
        'https://x/"onmouseover=alert(1)',
        "https://x/<script>",
        "https://x/\njavascript:alert(1)",
        "ftp://files.example/a",
        f"https://files.example/{'a' * 2000}",
    ],
)
def test_anything_else_stays_a_text(page, text):
    assert not is_address(text)
    assert 'target="_blank"' not in page(link=text)


def test_an_answer_is_told_by_its_label(page):
    text = page(risk="hi")
    assert "<td>Very high</td>" in text
    assert "<td>hi</td>" not in text


def test_an_answer_that_is_none_of_those_offered_is_told_as_it_is(page):
    assert "<td>unheard of</td>" in page(risk="unheard of")


def test_what_is_asked_for_says_its_unit_and_a_long_text_has_room(page):
    text = page()
    assert "Total (€)</label>" in text
    assert '<textarea class="form-control" rows="4" id="field-words"' in text
