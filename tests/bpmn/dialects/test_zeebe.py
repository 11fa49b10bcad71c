"""What Camunda 8 says beyond the suite."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bpmn.dialects.camunda_forms import form_fields
from bpmn.model.execution import Code, Execution, Form, FormField, Mapping

Look = Callable[..., Execution]


def text(value: str) -> Code:
    return Code(value, "text")


def feel(value: str) -> Code:
    return Code(value, "feel")


def ext(inner: str) -> str:
    return f"<extensionElements>{inner}</extensionElements>"


FORM = """{"components": [
  {"type": "text", "text": "# Hello"},
  {"type": "textfield", "key": "name", "label": "Name", "validate": {"required": true, "maxLength": 9}},
  {"type": "group", "components": [{"type": "number", "key": "age", "defaultValue": 5, "readonly": true}]},
  {"type": "select", "key": "colour", "values": [{"label": "Red", "value": "r"}]}]}"""


def test_a_form_written_into_the_process(look: Look) -> None:
    inner = (
        ext(f'<zeebe:userTaskForm id="f1">{FORM}</zeebe:userTaskForm>')
        + '<userTask id="x">'
        + ext('<zeebe:formDefinition formKey="camunda-forms:bpmn:f1"/>')
        + "</userTask>"
    )
    form = look("zeebe", inner).form
    assert form == Form(
        key=text("camunda-forms:bpmn:f1"),
        fields=(
            FormField("name", "Name", required=True, constraints=(("maxlength", "9"),)),
            FormField("age", type="double", default=feel("5"), writable=False),
            FormField("colour", type="enum", options=(("r", "Red"),)),
        ),
        document=FORM,
    )


@pytest.mark.parametrize("document", ["", "nonsense", "[1]", '{"components": 5}', "[" * 100_000, '{"key": "a"}'])
def test_what_is_no_form_has_no_fields(document: str) -> None:
    assert form_fields(document) == ()


def test_a_deployed_form(look: Look) -> None:
    definition = '<zeebe:formDefinition formId="f" bindingType="versionTag" versionTag="v1"/>'
    form = look("zeebe", f'<userTask id="x">{ext(definition)}</userTask>').form
    assert form == Form(ref=text("f"), binding="versionTag", version=text("v1"))


def test_who_and_when(look: Look) -> None:
    inner = ext(
        '<zeebe:userTask/><zeebe:assignmentDefinition candidateUsers="=users" candidateGroups="a,b"/>'
        '<zeebe:taskSchedule followUpDate="2026-01-01T00:00:00Z"/><zeebe:priorityDefinition priority="75"/>'
    )
    assignment = look("zeebe", f'<userTask id="x">{inner}</userTask>').assignment
    assert assignment is not None
    assert assignment.candidate_users == (feel("users"),)
    assert assignment.candidate_groups == (text("a"), text("b"))
    assert (assignment.follow_up_date, assignment.priority) == (text("2026-01-01T00:00:00Z"), text("75"))


def test_task_listeners_at_moments_that_all_dialects_name_alike(look: Look) -> None:
    inner = ext(
        '<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="a"/>'
        '<zeebe:taskListener eventType="assigning" type="=b"/></zeebe:taskListeners>'
    )
    found = look("zeebe", f'<userTask id="x">{inner}</userTask>').listeners
    assert [(item.event, item.on, item.target) for item in found] == [
        ("complete", "task", text("a")),
        ("assignment", "task", feel("b")),
    ]


def test_a_message_and_its_correlation_key(look: Look) -> None:
    subscription = ext('<zeebe:subscription correlationKey="=order.id"/>')
    root = f'<message id="m" name="paid">{subscription}</message>'
    for inner in (
        '<intermediateCatchEvent id="x"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>',
        '<receiveTask id="x" messageRef="m"/>',
    ):
        found = look("zeebe", inner, root)
        assert (found.message_name, found.correlation_key) == (None, feel("order.id"))


def test_a_job_of_an_event_and_output_mappings(look: Look) -> None:
    inner = ext(
        '<zeebe:taskDefinition type="send"/><zeebe:ioMapping><zeebe:input target="nothing"/>'
        '<zeebe:output source="=r.a" target="deep.er"/></zeebe:ioMapping>'
    )
    found = look("zeebe", f'<endEvent id="x">{inner}<messageEventDefinition/></endEvent>')
    assert found.job is not None
    assert found.job.target == text("send")
    assert (found.inputs, found.outputs) == ((), (Mapping(feel("r.a"), "deep.er"),))


def test_process_and_properties(look: Look) -> None:
    properties = '<zeebe:properties><zeebe:property name="a" value="1"/></zeebe:properties>'
    inner = ext('<zeebe:versionTag value="v2"/>') + f'<startEvent id="s">{ext(properties)}</startEvent>'
    assert look("zeebe", inner, id="p").version_tag == "v2"
    assert look("zeebe", inner, id="s").properties == {"a": "1"}
