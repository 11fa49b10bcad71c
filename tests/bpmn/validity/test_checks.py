"""What a document says that it cannot mean: each check with a document that is right and one that is wrong."""

from __future__ import annotations

import pytest

import bpmn

RIGHT = """
<message id="m"/><signal id="s"/>
<process id="p" isExecutable="true">
  <laneSet id="ls">
    <lane id="l1"><flowNodeRef>start</flowNodeRef><flowNodeRef>t</flowNodeRef>
      <childLaneSet id="c"><lane id="l11"><flowNodeRef>t</flowNodeRef></lane></childLaneSet></lane>
    <lane id="l2"><flowNodeRef>end</flowNodeRef></lane>
  </laneSet>
  <startEvent id="start"><messageEventDefinition messageRef="m"/></startEvent>
  <receiveTask id="t" messageRef="m" default="f2"/>
  <boundaryEvent id="b" attachedToRef="t"><signalEventDefinition signalRef="s"/></boundaryEvent>
  <callActivity id="call" calledElement="p"/>
  <subProcess id="sub"><task id="inner"/></subProcess>
  <subProcess triggeredByEvent="true"/>
  <endEvent id="end"/>
  <sequenceFlow id="f1" sourceRef="start" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="end"/>
</process>"""

WRONG = [
    ('<lane id="l2"><flowNodeRef>end', '<lane id="l2"><flowNodeRef>t', "two_lanes", "error"),
    ('id="end"', 'id="start"', "duplicate_id", "error"),
    ('id="f1"', 'id="f2"', "duplicate_id", "warning"),
    ('<endEvent id="end"', '<endEvent id="a b"', "invalid_id", "warning"),
    ('<endEvent id="end"', '<endEvent id="&lt;b&gt;"', "invalid_id", "error"),
    ('<endEvent id="end"', '<endEvent id="p"', "duplicate_id", "error"),
    ('<endEvent id="end"', '<endEvent id="../x"', "invalid_id", "error"),
    ('<endEvent id="end"', "<endEvent", "no_id", "error"),
    ('t" messageRef="m"', 't" messageRef="ghost"', "dangling_trigger", "warning"),
    ('t" messageRef="m"', 't" messageRef="start"', "dangling_trigger", "warning"),
    ('t" messageRef="m"', 't" messageRef="m\'] | //*[\'"', "invalid_reference", "error"),
    ('attachedToRef="t"', 'attachedToRef="ghost"', "dangling_reference", "error"),
    ('attachedToRef="t"', 'attachedToRef="start"', "dangling_reference", "error"),
    ('attachedToRef="t"', 'attachedToRef="inner"', "attached_across_border", "error"),
    (' attachedToRef="t"', "", "not_attached", "error"),
    ('signalRef="s"', 'signalRef="ghost"', "dangling_trigger", "warning"),
    ('default="f2"', 'default="ghost"', "dangling_default", "warning"),
    ('calledElement="p"', "", "no_called_element", "warning"),
    ('calledElement="p"', 'calledElement="other"', "called_elsewhere", "info"),
    ('targetRef="end"', 'targetRef="ghost"', "flow_to_nowhere", "error"),
    ('sourceRef="start"', 'sourceRef="ghost"', "flow_from_nowhere", "warning"),
    (' sourceRef="start"', "", "flow_from_nowhere", "warning"),
    ('targetRef="end"', 'targetRef="inner"', "flow_across_border", "error"),
    ('targetRef="end"', 'targetRef="start"', "start_with_incoming", "error"),
    ('targetRef="end"', 'targetRef="b"', "boundary_with_incoming", "error"),
    ('sourceRef="start"', 'sourceRef="end"', "end_with_outgoing", "error"),
]


def test_a_right_document_has_no_problems(document):
    assert bpmn.read(document(RIGHT)).problems == []


@pytest.mark.parametrize(("right", "wrong", "code", "severity"), WRONG)
def test_a_wrong_document(document, right, wrong, code, severity):
    assert right in RIGHT
    problems = bpmn.read(document(RIGHT.replace(right, wrong))).problems
    found = [problem for problem in problems if problem.code == code]
    assert [problem.severity for problem in found] == [severity]
    assert found[0].line
    assert found[0].message
    assert found[0].fix


@pytest.mark.parametrize(("right", "wrong", "code", "severity"), [case for case in WRONG if case[2].startswith("flow")])
def test_in_a_drawing_a_person_can_make_good_what_no_engine_can(document, right, wrong, code, severity):
    drawing = RIGHT.replace('isExecutable="true"', 'isExecutable="false"')
    problems = bpmn.read(document(drawing.replace(right, wrong))).problems
    assert [problem.severity for problem in problems if problem.code == code] == ["warning"]


def test_what_only_a_person_can_make_good_is_refused_unless_guided(document):
    reading = bpmn.read(document(RIGHT.replace('calledElement="p"', "")))
    assert [problem.code for problem in reading.refusals(guided=False)] == ["no_called_element"]
    assert reading.refusals(guided=True) == []


def test_a_document_without_a_process(document):
    (problem,) = bpmn.read(document("")).problems
    assert (problem.severity, problem.code) == ("error", "no_process")


def test_an_error_that_is_not_declared_may_be_the_code_itself(document):
    inner = '<process id="p"><endEvent id="e"><errorEventDefinition errorRef="E1"/></endEvent></process>'
    assert [problem.severity for problem in bpmn.read(document(inner)).problems] == ["warning"]


def test_an_expression_in_place_of_a_reference_is_left_alone(document):
    inner = '<process id="p"><receiveTask id="r" messageRef="${name}"/></process>'
    assert bpmn.read(document(inner)).problems == []


def test_real_files_by_vendors_are_not_refused(shared):
    """Of 1,000 models that vendors' own engines run, none holds what we call an error."""
    refused = {}
    for path in sorted((shared("conformance") / "scenarios").rglob("*.bpmn")):
        refusals = bpmn.read(path.read_bytes()).refusals(guided=False)
        if refusals:
            refused[path.name] = [str(problem) for problem in refusals]
    assert refused == {}
