"""Where a model declares no form, a task asks for what the next decision reads."""

from __future__ import annotations

import pytest

import bpmn
from webapp.forms.needed import needed_fields


def asked(content: bytes, **known):
    definitions = bpmn.read(content).definitions
    assert definitions is not None
    return {each.name: (each.kind, each.options) for each in needed_fields(definitions, "t", known)}


def deciding(model, *conditions: str, language: str = "") -> bytes:
    attribute = f' language="{language}"' if language else ""
    flows = "".join(
        f'<sequenceFlow id="f{index}" sourceRef="g" targetRef="e"><conditionExpression{attribute}>{text}'
        "</conditionExpression></sequenceFlow>"
        for index, text in enumerate(conditions)
    )
    return model(
        '<userTask id="t"/><sequenceFlow id="f" sourceRef="t" targetRef="join"/><exclusiveGateway id="join"/>'
        f'<sequenceFlow id="j" sourceRef="join" targetRef="g"/><exclusiveGateway id="g"/>{flows}<endEvent id="e"/>'
    )


@pytest.mark.parametrize(
    ("conditions", "name", "kind"),
    [
        (["approved"], "approved", "boolean"),
        (["not approved"], "approved", "boolean"),
        (["approved == True"], "approved", "boolean"),
        (["amount &gt; 5000"], "amount", "number"),
        (["answer == 'yes'"], "answer", "text"),
        (["limit == other"], "limit", "text"),
    ],
)
def test_the_kind_is_what_the_condition_compares_with(model, conditions, name, kind):
    assert asked(deciding(model, *conditions))[name][0] == kind


def test_several_texts_are_answers_to_choose_from(model):
    fields = asked(deciding(model, "decision == 'approve'", "decision == 'send_back'"))
    assert fields == {"decision": ("choice", (("approve", "Approve"), ("send_back", "Send back")))}


def test_other_languages_are_read_too(model):
    assert asked(deciding(model, "${amount gt 5}", language="juel")) == {"amount": ("number", ())}


def test_what_is_known_already_is_not_asked_for(model):
    assert asked(deciding(model, "approved", "amount &gt; 5"), approved=None) == {"amount": ("number", ())}


def test_what_a_later_step_reads_is_not_asked_for_here(model):
    content = model(
        '<userTask id="t"/><sequenceFlow id="a" sourceRef="t" targetRef="u"/><userTask id="u"/>'
        '<sequenceFlow id="b" sourceRef="u" targetRef="e"><conditionExpression>late</conditionExpression>'
        "</sequenceFlow>"
        '<endEvent id="e"/>'
    )
    assert asked(content) == {}


@pytest.mark.parametrize("text", ["a ==", "", "&lt;&lt;", "x" * 5000, "__import__('os')"])
def test_a_condition_that_cannot_be_read_asks_for_nothing_and_breaks_nothing(model, text):
    asked(deciding(model, text))


def test_gateways_in_a_circle_end(model):
    content = model(
        '<userTask id="t"/><sequenceFlow id="a" sourceRef="t" targetRef="g"/><exclusiveGateway id="g"/>'
        '<sequenceFlow id="b" sourceRef="g" targetRef="g"><conditionExpression>again</conditionExpression>'
        "</sequenceFlow>"
    )
    assert set(asked(content)) == {"again"}
