"""What a document becomes when it is read."""

from __future__ import annotations

import bpmn
from bpmn.model import (
    BoundaryEvent,
    FormalExpression,
    MultiInstanceLoopCharacteristics,
    Process,
    SequenceFlow,
    StartEvent,
    TextAnnotation,
    TimerEventDefinition,
    UserTask,
)


def test_elements_have_the_standards_classes_and_names(everything):
    definitions = bpmn.read(everything).definitions
    (process,) = definitions.processes
    assert isinstance(process, Process)
    assert process.is_executable is True
    assert [type(element).__name__ for element in process.flow_elements] == [
        "StartEvent",
        "SequenceFlow",
        "UserTask",
        "BoundaryEvent",
        "SequenceFlow",
        "SequenceFlow",
        "EndEvent",
    ]
    ask = definitions.resolve("ask")
    assert isinstance(ask, UserTask)
    assert ask.name == "Ask\nthe customer"
    assert ask.incoming == ["f1"]
    loop = ask.loop_characteristics
    assert isinstance(loop, MultiInstanceLoopCharacteristics)
    assert loop.is_sequential is False
    assert loop.completion_condition.text == "done >= 2"
    assert loop.completion_condition.language == "python"
    late = definitions.resolve("late")
    assert isinstance(late, BoundaryEvent)
    assert (late.attached_to_ref, late.cancel_activity) == ("ask", False)
    (timer,) = late.event_definitions
    assert isinstance(timer, TimerEventDefinition)
    assert timer.time_duration.text == "PT1H"


def test_what_is_not_written_is_none(everything):
    definitions = bpmn.read(everything).definitions
    start = definitions.resolve("start")
    assert isinstance(start, StartEvent)
    assert start.is_interrupting is None
    assert start.name is None


def test_an_empty_condition_is_there(everything):
    flow = bpmn.read(everything).definitions.resolve("f2")
    assert isinstance(flow, SequenceFlow)
    assert isinstance(flow.condition_expression, FormalExpression)
    assert flow.condition_expression.text == ""


def test_references_resolve_with_and_without_prefix(everything):
    definitions = bpmn.read(everything).definitions
    assert definitions.resolve("tns:msg").name == "Order ✓"
    assert definitions.resolve("msg") is definitions.resolve("tns:msg")
    assert definitions.resolve("nothing") is None
    assert definitions.resolve(None) is None


def test_white_space_around_references_means_nothing(everything):
    (lane_set,) = bpmn.read(everything).definitions.processes[0].lane_sets
    assert lane_set.lanes[0].flow_node_refs == ["start", "tns:ask"]


def test_vendor_content_is_read_without_being_understood(everything):
    definitions = bpmn.read(everything).definitions
    (box,) = definitions.processes[0].extensions
    assert (box.namespace, box.name, box.attributes) == ("http://vendor.example/x", "box", {"depth": "2"})
    assert box.children[0].text == "  kept  as is "
    assert definitions.resolve("ask").foreign_attributes == {"{http://vendor.example/x}colour": "red"}


def test_text_keeps_its_white_space_and_that_of_markup_inside(everything):
    (process,) = bpmn.read(everything).definitions.processes
    assert process.documentation[0].text == "Text with markup & <raw> parts"
    (note,) = process.artifacts
    assert isinstance(note, TextAnnotation)
    assert note.text == " Mind this "


def test_walk_is_in_document_order_with_lines(everything):
    definitions = bpmn.read(everything).definitions
    lines = [element.line for element in definitions.walk()]
    assert lines == sorted(lines)
    assert definitions.resolve("ask").line == 25


def test_lines_are_right_far_down(document):
    data = document("\n" * 200_000 + '<process id="p"><task id="t"/></process>')
    assert bpmn.read(data).definitions.resolve("t").line == 200_001


def test_parents(everything):
    definitions = bpmn.read(everything).definitions
    process = definitions.processes[0]
    assert definitions.parent(process) is definitions
    assert definitions.parent(definitions.resolve("ask")) is process
    assert definitions.parent(definitions) is None


def test_only_direct_children_of_definitions_are_processes(definitions):
    read = definitions(
        '<process id="p"><extensionElements><process id="hidden"><task id="ghost"/></process></extensionElements>'
        "</process>"
    )
    assert [process.id for process in read.processes] == ["p"]
    assert read.resolve("ghost") is None


def test_a_substitution_by_type_is_what_its_type_says(definitions):
    read = definitions('<process id="p"><flowElement xsi:type="tUserTask" id="u" name="Do"/></process>')
    assert isinstance(read.resolve("u"), UserTask)


def test_a_second_child_where_one_is_allowed_is_kept_and_said(document):
    reading = bpmn.read(document('<process id="p"><ioSpecification id="a"/><ioSpecification id="b"/></process>'))
    assert reading.definitions.processes[0].io_specification.id == "a"
    assert [problem.code for problem in reading.problems] == ["repeated_element"]


def test_unknown_and_misplaced_elements_are_kept_and_said(document):
    reading = bpmn.read(document('<process id="p"><magicTask id="m"/><participant id="q"/></process>'))
    assert [problem.code for problem in reading.problems] == ["unknown_element", "misplaced_element"]
    assert [node.name for node in reading.definitions.processes[0].foreign_elements] == ["magicTask", "participant"]


def test_a_value_of_the_wrong_kind_is_said_and_left_out(document):
    reading = bpmn.read(document('<process id="p" isExecutable="yes"/>'))
    assert reading.definitions.processes[0].is_executable is None
    assert [(problem.code, problem.line) for problem in reading.problems] == [("bad_value", 1)]


def test_a_customary_prefix_may_be_undeclared(document):
    data = document(
        '<process id="p"><extensionElements><zeebe:properties a="1"/></extensionElements>'
        '<task id="t" camunda:x="1"/></process>'
    )
    reading = bpmn.read(data)
    assert reading.definitions.processes[0].extensions[0].namespace == "http://camunda.org/schema/zeebe/1.0"
    assert reading.definitions.resolve("t").foreign_attributes == {"{http://camunda.org/schema/1.0/bpmn}x": "1"}
    assert [problem.code for problem in reading.problems] == ["undeclared_prefix", "undeclared_prefix"]
    assert bpmn.read(bpmn.write(reading.definitions)).problems == []


def test_a_namespace_slightly_wrong_is_understood():
    data = b'<definitions xmlns="http://schema.omg.org/spec/BPMN/2.0"><process id="p"/></definitions>'
    assert bpmn.read(data).definitions.processes[0].id == "p"


def test_a_single_element_is_read_as_a_fragment():
    data = b'<b:task xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" id="t"><b:incoming>f</b:incoming></b:task>'
    reading = bpmn.read(data)
    assert [problem.code for problem in reading.problems] == ["fragment"]
    assert data in bpmn.write(reading.definitions)


def test_reading_leaves_the_collector_as_it_was(everything):
    import gc

    bpmn.read(everything)
    assert gc.isenabled()
