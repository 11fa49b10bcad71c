"""What a process is started with is held against its start form, whoever sends it; forms lie beside their models."""

from __future__ import annotations

import json

import pytest

import bpmn
from engine.commands import Deploy, StartProcess
from engine.commands.declared_form import FormContradicted
from engine.forms.documents import FormWanted, forms_of, is_form
from engine.identity import SYSTEM, Actor
from engine.queries import InstanceDetail

CLERK = Actor("clara", permissions=frozenset({"read", "start", "work"}))
OPERATOR = Actor("otto", permissions=frozenset({"read", "start", "operate"}))
FORM = json.dumps(
    {
        "id": "claim-form",
        "type": "default",
        "components": [
            {"key": "amount", "type": "number", "label": "Amount", "validate": {"required": True, "max": 500}},
            {"key": "reason", "type": "textfield", "label": "Reason"},
        ],
    }
).encode()
FIELDS = (
    "<extensionElements><camunda:formData>"
    '<camunda:formField id="amount" label="Amount" type="long">'
    '<camunda:validation><camunda:constraint name="required"/><camunda:constraint name="max" config="500"/>'
    "</camunda:validation></camunda:formField>"
    '<camunda:formField id="kind" label="Kind" type="string" defaultValue="travel">'
    '<camunda:validation><camunda:constraint name="required"/></camunda:validation></camunda:formField>'
    "</camunda:formData></extensionElements>"
)


def model(attributes: str = "", inside: str = "") -> bytes:
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="https://example.org/t">'
        f'<process id="p" isExecutable="true"><startEvent id="s" {attributes}>{inside}</startEvent>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="t"/><userTask id="t"/></process></definitions>'
    ).encode()


REF = 'camunda:formRef="claim-form" camunda:formRefBinding="deployment"'
KEY = 'camunda:formKey="camunda-forms:deployment:claim.form"'


@pytest.fixture(params=["fields", "ref", "key"])
def start(request, bench):
    """Start a process whose form is in the model, or beside it, with some values."""
    files = {
        "fields": {"p.bpmn": model(inside=FIELDS)},
        "ref": {"p.bpmn": model(REF), "forms/claim.form": FORM},
        "key": {"p.bpmn": model(KEY), "forms/claim.form": FORM},
    }[request.param]
    bench.engine.execute(Deploy(files), SYSTEM)

    def begin(actor=CLERK, **variables):
        return bench.engine.execute(StartProcess("p", variables=variables), actor)

    return begin


def test_what_fits_starts(start):
    assert start(amount=20)


@pytest.mark.parametrize("values", [{}, {"amount": None}, {"amount": "much"}, {"amount": 501}])
def test_what_contradicts_the_form_does_not(start, values):
    with pytest.raises(FormContradicted) as refused:
        start(**values)
    assert set(refused.value.problems) == {"amount"}


@pytest.mark.parametrize(("type", "kept"), [("long", None), ("date", None), ("boolean", None), ("string", "")])
def test_what_is_left_blank_is_null_unless_it_is_a_text(bench, type, kept):
    form = f'<camunda:formData><camunda:formField id="x" type="{type}"/></camunda:formData>'
    file = model(inside=f"<extensionElements>{form}</extensionElements>")
    bench.engine.execute(Deploy({"p.bpmn": file}), SYSTEM)
    for actor in (CLERK, OPERATOR):
        id = bench.engine.execute(StartProcess("p", variables={"x": "", "y": ""}), actor)
        assert bench.ask(InstanceDetail(id)).scopes[0].variables == {"x": kept, "y": ""}


def test_who_operates_may_start_it_with_what_it_needs(start):
    assert start(OPERATOR)


def test_a_model_finds_its_forms_by_id_or_file_and_says_which_are_missing():
    by_ref, by_key = bpmn.read(model(REF)).definitions, bpmn.read(model(KEY)).definitions
    files = {"a/claim.form": FORM, "b/other.form": b"{}"}
    assert forms_of(by_ref, files) == ({"a/claim.form": FORM}, [])
    assert forms_of(by_key, files) == ({"a/claim.form": FORM}, [])
    assert forms_of(by_key, {}) == ({}, [FormWanted("claim.form")])


def test_not_everything_called_json_is_a_form():
    assert is_form("a.json", FORM)
    assert not is_form("package.json", b'{"name": "x"}')
    assert not is_form("deep.json", b"[" * 100_000)


def test_a_changed_form_is_a_change(bench):
    def deploy(form: bytes):
        return bench.engine.execute(Deploy({"p.bpmn": model(KEY), "claim.form": form}, only_changed=True), SYSTEM)

    assert deploy(FORM).is_new
    assert not deploy(FORM).is_new
    assert deploy(FORM.replace(b"Reason", b"Why")).processes[0].version == 2
