"""Files in which several vendors speak, and what none of ours reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bpmn import dialects
from bpmn.model import Definitions
from bpmn.model.execution import Assignment, Code, Execution, Job

Look = Callable[..., Execution]


def text(value: str) -> Code:
    return Code(value, "text")


@pytest.mark.parametrize(("dialect", "who"), [("camunda7", "c"), ("flowable", "f"), ("bpmn", "c")])
def test_the_own_dialect_speaks_first(dialect: str, who: str, look: Look) -> None:
    found = look(dialect, '<userTask id="x" camunda:assignee="c" flowable:assignee="f"/>')
    assert found.assignment == Assignment(assignee=text(who))


@pytest.mark.parametrize("dialect", ["camunda7", "flowable", "bpmn", "zeebe"])
def test_others_fill_what_is_absent(dialect: str, look: Look) -> None:
    inner = (
        '<userTask id="x" camunda:assignee="a" flowable:dueDate="P1D"><potentialOwner><resourceAssignmentExpression>'
        "<formalExpression>sales</formalExpression></resourceAssignmentExpression></potentialOwner></userTask>"
    )
    expected = Assignment(assignee=text("a"), due_date=text("P1D"), candidate_groups=(text("sales"),))
    assert look(dialect, inner).assignment == expected


def test_one_service_for_two_engines_is_one_job(look: Look) -> None:
    inner = (
        '<serviceTask id="x" camunda:type="external" camunda:topic="charge" '
        'flowable:type="external-worker" flowable:topic="charge"/>'
    )
    for dialect in ("bpmn", "camunda7", "flowable"):
        assert look(dialect, inner).job == Job("external", text("charge"))


@pytest.mark.parametrize("prefix", ["camunda", "operaton", "activiti"])
def test_the_same_words_in_a_successors_or_predecessors_namespace(prefix: str, look: Look) -> None:
    inner = f'<userTask id="x" {prefix}:assignee="a"/>'
    assert look("camunda7", inner).assignment == Assignment(assignee=text("a"))


BLANK = (
    *("inputOutput", "formData", "formProperty", "connector", "in", "out", "executionListener", "taskListener"),
    *("failedJobRetryTimeCycle", "properties", "taskDefinition", "ioMapping", "assignmentDefinition", "script"),
    *("formDefinition", "calledElement", "calledDecision", "loopCharacteristics", "serviceTaskOperator", "preScript"),
    *("onEntry-script", "metaData", "variableAggregation", "field", "value", "errorEventDefinition", "taskSchedule"),
    *("priorityDefinition", "executionListeners", "subscription", "versionTag", "calledDecisionId", "messagePayload"),
)


@pytest.mark.parametrize("prefix", ["camunda", "flowable", "activiti", "zeebe", "spiffworkflow", "drools"])
@pytest.mark.parametrize("element", ["userTask", "serviceTask", "businessRuleTask", "callActivity", "startEvent"])
def test_blank_vendor_content_says_nothing(prefix: str, element: str, look: Look) -> None:
    extensions = "".join(f"<{prefix}:{name}/>" for name in BLANK)
    attributes = f'{prefix}:assignee=" " {prefix}:class="" {prefix}:decisionRef=""'
    inner = f'<{element} id="x" {attributes}><extensionElements>{extensions}</extensionElements></{element}>'
    for dialect in dialects.DIALECTS:
        found = look(dialect, inner)
        assert (found.assignment, found.called, found.decision, found.listeners) == (None, None, None, ())


def test_what_matters_and_is_not_read_is_told(model: Callable[..., Definitions]) -> None:
    inner = (
        '<callActivity id="x" camunda:caseRef="c"/><serviceTask id="y"><extensionElements><flowable:mapException/>'
        "</extensionElements><multiInstanceLoopCharacteristics><extensionElements><flowable:collection/>"
        "</extensionElements></multiInstanceLoopCharacteristics></serviceTask>"
        '<userTask id="z" camunda:assignee="a" camunda:unheardOf="b"/>'
    )
    definitions = model("camunda7", inner)
    elements = {element.id: element for element in definitions.walk()}
    assert dialects.unread(definitions, elements["x"]) == ["caseRef calls a CMMN case"]
    assert dialects.unread(definitions, elements["y"]) == [
        "mapException turns Java exceptions into BPMN errors",
        "collection finds the items in Java",
    ]
    assert dialects.unread(definitions, elements["z"]) == []


def test_references_in_circles_end(look: Look) -> None:
    assert look("bpmn", '<receiveTask id="x" messageRef="x"/>') == Execution()
    circle = '<dataObjectReference id="r" dataObjectRef="r"/><task id="x">{}</task>'
    arrow = "<dataInputAssociation><sourceRef>r</sourceRef><targetRef>r</targetRef></dataInputAssociation>"
    assert look("bpmn", circle.format(arrow)).inputs == ()
