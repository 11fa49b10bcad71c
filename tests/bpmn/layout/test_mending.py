"""Drawings that tools write wrong: shown as they were meant, while the file stays what it is."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

import bpmn
from bpmn import model as m
from bpmn.model.diagram import BPMNEdge, BPMNShape
from bpmn.render.geometry import Box, box_of, waypoints_of

WRONG = Path(__file__).with_name("mending.bpmn").read_bytes()


def read(data: bytes) -> m.Definitions:
    found = bpmn.read(data).definitions
    assert found is not None
    return found


@pytest.fixture
def drawing() -> m.Definitions:
    """As a viewer reads it."""
    return read(bpmn.write(bpmn.mended(read(WRONG))))


def shown(definitions: m.Definitions, id: str) -> BPMNShape | BPMNEdge:
    plane = definitions.diagrams[0].plane
    assert plane is not None
    (found,) = [each for each in plane.elements if each.bpmn_element == id]
    assert isinstance(found, BPMNShape | BPMNEdge)
    return found


def way(definitions: m.Definitions, id: str) -> list[tuple[float, float]]:
    edge = shown(definitions, id)
    assert isinstance(edge, BPMNEdge)
    return waypoints_of(edge)


def test_a_drawing_of_the_document_is_one_of_its_process(drawing: m.Definitions) -> None:
    assert drawing.diagrams[0].plane is not None
    assert drawing.diagrams[0].plane.bpmn_element == "order"


def test_a_name_that_was_put_nowhere_has_its_usual_place(drawing: m.Definitions) -> None:
    label = shown(drawing, "came").label
    assert label is not None
    assert label.bounds is None


def test_a_way_into_the_corner_leads_to_its_end(drawing: m.Definitions) -> None:
    points = way(drawing, "to_send")
    assert points[0] == (500, 218), "from the right side of its beginning"
    assert points[-1] == (600, 418), "to the left side of its end"
    assert all(one[0] == other[0] or one[1] == other[1] for one, other in itertools.pairwise(points))


def test_a_way_of_data_leads_from_its_activity(drawing: m.Definitions) -> None:
    assert way(drawing, "writes")[0] == (500, 218)
    assert way(drawing, "writes")[-1] == (620, 225)


def test_what_is_right_stays_where_it_is(drawing: m.Definitions) -> None:
    assert way(drawing, "to_pack") == [(336, 218), (400, 218)]
    send = shown(drawing, "send")
    assert isinstance(send, BPMNShape)
    assert box_of(send.bounds) == Box(600, 378, 100, 80)


def test_a_drawn_data_object_is_shown(drawing: m.Definitions) -> None:
    note = drawing.resolve("note")
    assert isinstance(note, m.DataObjectReference)
    assert note.name == "Delivery note"


def test_a_second_plane_does_not_hide_the_first(drawing: m.Definitions) -> None:
    assert bpmn.write(drawing).count(b"BPMNPlane ") == 1


def test_the_file_itself_is_not_touched() -> None:
    definitions = read(WRONG)
    before = bpmn.write(definitions)
    assert bpmn.mended(definitions) is not definitions
    assert bpmn.write(definitions) == before


def test_a_drawing_without_fault_is_not_copied() -> None:
    right = read(bpmn.write(bpmn.mended(read(WRONG))))
    assert bpmn.mended(right) is right


@pytest.mark.parametrize(
    "points", ["", '<di:waypoint x="5" y="5"/>', '<di:waypoint x="NaN" y="1"/><di:waypoint x="1" y="1"/>']
)
def test_a_way_that_leads_nowhere_is_drawn(points: str) -> None:
    lost = WRONG.replace(b'<di:waypoint x="336" y="218"/><di:waypoint x="400" y="218"/>', points.encode())
    assert way(bpmn.mended(read(lost)), "to_pack") == [(336, 218), (400, 218)]


def test_a_way_through_the_corner_is_right_where_its_end_is_there() -> None:
    near = WRONG.replace(b'x="600" y="378"', b'x="5" y="5"')
    assert way(bpmn.mended(read(near)), "to_send") == [(500, 218), (0, 0)]


def test_the_diagram_that_shows_the_whole_comes_first_and_one_without_size_is_laid_out_anew() -> None:
    other = (
        b'<process id="other"><task id="alone"/></process>'
        b'<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="other">'
        b'<bpmndi:BPMNShape id="a" bpmnElement="alone"><dc:Bounds x="9" y="9" width="0" height="0"/></bpmndi:BPMNShape>'
        b"</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
    collaboration = b'<collaboration id="both"><participant id="we" processRef="order"/></collaboration>'
    both = WRONG.replace(b"  <bpmndi:BPMNDiagram", collaboration + other + b"  <bpmndi:BPMNDiagram", 1)
    both = both.replace(b'bpmnElement="document"', b'bpmnElement="both"')
    found = bpmn.layout(bpmn.mended(read(both)))
    assert [each.plane.bpmn_element for each in found.diagrams if each.plane] == ["both", "other"]
    (alone,) = found.diagrams[1].plane.elements if found.diagrams[1].plane else ()
    assert isinstance(alone, BPMNShape)
    assert box_of(alone.bounds) != Box(9, 9, 0, 0)


@pytest.mark.parametrize(
    ("said", "inner", "is_open"), [("", 40, True), (' isExpanded="false"', 40, False), ("", 900, None)]
)
def test_a_sub_process_that_is_drawn_open_is_open(said: str, inner: int, is_open: bool | None) -> None:
    sub_process = f"""
      <process id="other"><subProcess id="sub"><task id="inside"/></subProcess></process>
      <bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="other">
        <bpmndi:BPMNShape id="a" bpmnElement="sub"{said}>
          <dc:Bounds x="20" y="20" width="300" height="200"/>
        </bpmndi:BPMNShape>
        <bpmndi:BPMNShape id="b" bpmnElement="inside">
          <dc:Bounds x="{inner}" y="60" width="100" height="80"/>
        </bpmndi:BPMNShape>
      </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
    """
    found = bpmn.mended(read(WRONG.replace(b"</process>", b"</process>" + sub_process.encode())))
    (shape,) = [each for each in found.of(BPMNShape) if each.bpmn_element == "sub"]
    assert shape.is_expanded is is_open


def test_what_is_drawn_outside_of_all_pools_gets_one(drawing: m.Definitions) -> None:
    pool = b'<collaboration id="both"><participant id="others" name="Others"/></collaboration>'
    outside = WRONG.replace(b"  <process", pool + b"  <process").replace(
        b'bpmnElement="document"', b'bpmnElement="both"'
    )
    found = bpmn.mended(read(outside))
    (shape,) = [each for each in found.of(BPMNShape) if isinstance(found.resolve(each.bpmn_element), m.Participant)]
    added = found.resolve(shape.bpmn_element)
    assert isinstance(added, m.Participant)
    assert added.process_ref == "order"
    boxes = [box_of(each.bounds) for each in found.of(BPMNShape) if each is not shape]
    around = box_of(shape.bounds)
    assert around is not None
    assert all(around.holds(box) for box in boxes if box is not None)


@pytest.mark.parametrize("end", ["targetRef", "sourceRef"])
def test_a_flow_without_an_end_is_shown_as_far_as_it_goes(end: str) -> None:
    loose = re.sub(rf' {end}="\w+"'.encode(), b"", WRONG, count=1)
    found = bpmn.mended(read(loose))
    flow = found.resolve("to_pack")
    assert isinstance(flow, m.SequenceFlow)
    assert way(found, "to_pack") == [(336, 218), (400, 218)]
    ends = [found.resolve(flow.source_ref), found.resolve(flow.target_ref)]
    assert [type(each) for each in ends].count(m.Group) == 1
    assert all(any(shown.bpmn_element == each.id for shown in found.of(BPMNShape)) for each in ends if each)
