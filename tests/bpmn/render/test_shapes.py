"""Every shape as the standard draws it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bpmn import model as m
from bpmn.model.diagram import Bounds, BPMNDiagram, BPMNEdge, BPMNLabel, BPMNPlane, BPMNShape, Point

Draw = Callable[..., Any]

DEFINITIONS = (
    m.MessageEventDefinition,
    m.TimerEventDefinition,
    m.ErrorEventDefinition,
    m.EscalationEventDefinition,
    m.SignalEventDefinition,
    m.ConditionalEventDefinition,
    m.LinkEventDefinition,
    m.CompensateEventDefinition,
    m.CancelEventDefinition,
    m.TerminateEventDefinition,
)
TASKS = (m.UserTask, m.ManualTask, m.ServiceTask, m.SendTask, m.ReceiveTask, m.BusinessRuleTask, m.ScriptTask)
GATEWAYS = (
    m.ExclusiveGateway,
    m.ParallelGateway,
    m.InclusiveGateway,
    m.ComplexGateway,
    m.EventBasedGateway,
)


def _same(one: Any, other: Any) -> bool:
    return [(each.tag, each.attrib) for each in one.iter()] == [(each.tag, each.attrib) for each in other.iter()]


@pytest.mark.parametrize("kind", DEFINITIONS)
def test_each_event_definition_has_its_own_sign(picture: Draw, kind: type[m.EventDefinition]) -> None:
    signs = {}
    for each in DEFINITIONS:
        svg = picture(m.IntermediateCatchEvent(id="e", event_definitions=[each()])).svg
        signs[each] = svg
    plain = picture(m.IntermediateCatchEvent(id="e")).svg
    assert signs[kind] != plain
    assert [each for each, svg in signs.items() if svg == signs[kind]] == [kind]


def test_what_is_thrown_is_filled(picture: Draw) -> None:
    caught = picture(m.IntermediateCatchEvent(id="e", event_definitions=[m.SignalEventDefinition()]))
    thrown = picture(m.IntermediateThrowEvent(id="e", event_definitions=[m.SignalEventDefinition()]))
    assert not _same(caught.part("e"), thrown.part("e"))


def test_events_have_one_ring_or_two_or_a_thick_one(picture: Draw) -> None:
    start, between, end = (picture(kind(id="e")) for kind in (m.StartEvent, m.IntermediateCatchEvent, m.EndEvent))
    assert start.tags("e").count("circle") == 1
    assert between.tags("e").count("circle") == 2
    rings = [each for each in end.part("e").iter() if each.tag.endswith("circle")]
    assert float(rings[0].get("stroke-width")) > 3


def test_an_event_that_does_not_interrupt_is_dashed(picture: Draw) -> None:
    task = m.Task(id="t")
    assert "stroke-dasharray" not in picture(task, m.BoundaryEvent(id="b", attached_to_ref="t")).svg
    assert "stroke-dasharray" in picture(task, m.BoundaryEvent(id="b", attached_to_ref="t", cancel_activity=False)).svg


def test_many_definitions_are_a_pentagon_and_all_of_them_a_cross(picture: Draw) -> None:
    both = [m.MessageEventDefinition(), m.SignalEventDefinition()]
    one = picture(m.IntermediateCatchEvent(id="e", event_definitions=both))
    all_ = picture(m.IntermediateCatchEvent(id="e", event_definitions=both, parallel_multiple=True))
    assert not _same(one.part("e"), all_.part("e"))


def test_each_kind_of_task_has_its_own_sign(picture: Draw) -> None:
    parts = [picture(kind(id="t")).svg for kind in (m.Task, *TASKS)]
    assert len(set(parts)) == len(parts)


def test_each_gateway_has_its_own_sign(picture: Draw) -> None:
    parts = [picture(kind(id="g")).svg for kind in GATEWAYS]
    assert len(set(parts)) == len(parts)


def test_loops_compensation_and_kinds_of_sub_process_are_marked(picture: Draw) -> None:
    inside: list[m.FlowElement] = [m.Task(id="i")]
    shapes = [
        m.Task(id="t"),
        m.Task(id="t", loop_characteristics=m.StandardLoopCharacteristics()),
        m.Task(id="t", loop_characteristics=m.MultiInstanceLoopCharacteristics()),
        m.Task(id="t", loop_characteristics=m.MultiInstanceLoopCharacteristics(is_sequential=True)),
        m.Task(id="t", is_for_compensation=True),
        m.CallActivity(id="t"),
        m.SubProcess(id="t"),
        m.SubProcess(id="t", flow_elements=inside),
        m.SubProcess(id="t", flow_elements=inside, triggered_by_event=True),
        m.Transaction(id="t", flow_elements=inside),
        m.AdHocSubProcess(id="t", flow_elements=inside),
    ]
    parts = [picture(each).svg for each in shapes]
    assert len(set(parts)) == len(parts)


def test_the_default_way_and_a_condition_are_marked(picture: Draw) -> None:
    def flows(default: str | None, condition: m.FormalExpression | None) -> Any:
        return picture(
            m.Task(id="a", default=default),
            m.Task(id="b"),
            m.SequenceFlow(id="f", source_ref="a", target_ref="b", condition_expression=condition),
        )

    assert flows(None, None).tags("f").count("polyline") == 0
    assert flows("f", None).tags("f").count("polyline") == 1
    assert flows(None, m.FormalExpression(text="x")).tags("f").count("polygon") == 2


def test_a_long_name_is_wrapped_and_what_has_no_room_ends_in_an_ellipsis(picture: Draw) -> None:
    words = picture(m.Task(id="t", name="Check that the delivery is complete " * 9)).words
    assert len(words) > 3
    assert words[-1].endswith("…")
    words = picture(m.Task(id="t", name="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz")).words
    assert len(words) > 1


def _diagram(*elements: Any) -> m.Definitions:
    process = m.Process(id="p", flow_elements=[m.Task(id="a", name="A"), m.Task(id="b", name="B")])
    flow = m.SequenceFlow(id="f", name="so", source_ref="a", target_ref="b")
    process.flow_elements.append(flow)
    plane = BPMNPlane(bpmn_element="p", elements=list(elements))
    return m.Definitions(root_elements=[process], diagrams=[BPMNDiagram(plane=plane)])


def _shape(id: str, *bounds: float | None) -> BPMNShape:
    x, y, width, height = bounds
    return BPMNShape(bpmn_element=id, bounds=Bounds(x=x, y=y, width=width, height=height))


def test_a_flow_without_waypoints_goes_straight(drawn: Draw) -> None:
    found = drawn(_diagram(_shape("a", 0, 0, 100, 80), _shape("b", 200, 0, 100, 80), BPMNEdge(bpmn_element="f")))
    assert found.part("f").find(".//{*}path").get("d").startswith("M100.00 40.00")
    assert "so" in found.words


@pytest.mark.parametrize("bad", [(None, 0, 1, 1), (0, 0, -5, 10), (float("nan"), 0, 1, 1), (1e300, 0, 10, 10)])
def test_bounds_that_are_none_leave_a_shape_out(drawn: Draw, bad: tuple[float | None, ...]) -> None:
    found = drawn(_diagram(_shape("a", 0, 0, 100, 80), _shape("b", *bad), BPMNEdge(bpmn_element="f")))
    assert found.words == ["A"]
    assert float(found.root.get("width")) < 200


def test_a_shape_of_nothing_known_is_shown_as_its_place(drawn: Draw) -> None:
    edge = BPMNEdge(bpmn_element="unknown", waypoints=[Point(x=0, y=0), Point(x=9, y=9)])
    found = drawn(_diagram(_shape("a", 0, 0, 100, 80), _shape("missing", 10, 100, 50, 50), edge))
    assert found.words == ["A"]


def test_a_label_stands_in_its_bounds(drawn: Draw) -> None:
    edge = BPMNEdge(bpmn_element="f", waypoints=[Point(x=100, y=40), Point(x=200, y=40)])
    edge.label = BPMNLabel(bounds=Bounds(x=500, y=300, width=40, height=14))
    found = drawn(_diagram(_shape("a", 0, 0, 100, 80), _shape("b", 200, 0, 100, 80), edge))
    text = next(each for each in found.part("f").iter() if each.text == "so")
    assert float(text.get("x")) == 520
    assert float(found.root.get("width")) > 520


def test_the_picture_shows_the_collaboration_first(drawn: Draw) -> None:
    definitions = _diagram(_shape("a", 0, 0, 100, 80))
    definitions.root_elements.append(m.Collaboration(id="c", participants=[m.Participant(id="x", name="Sales")]))
    plane = BPMNPlane(bpmn_element="c", elements=[_shape("x", 0, 0, 300, 60)])
    definitions.diagrams.append(BPMNDiagram(plane=plane))
    definitions.changed()
    assert drawn(definitions).words == ["Sales"]
