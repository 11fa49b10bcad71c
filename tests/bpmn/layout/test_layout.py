"""Where things stand after layout: in order, apart from each other, inside what holds them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

import bpmn
from bpmn import model as m
from bpmn.render.geometry import Box
from bpmn.render.svg import Point

LaidOut = Callable[[m.Definitions], Any]
OnBorder = Callable[[Point, Box], bool]
Make = Callable[..., m.Definitions]


def test_a_chain_goes_straight_to_the_right(process: Make, laid_out: LaidOut) -> None:
    found = laid_out(process("a b", "b c"))
    assert found.boxes["a"].right < found.boxes["b"].x < found.boxes["c"].x
    assert len({box.cy for box in found.boxes.values()}) == 1
    assert all(len(way) == 2 for way in found.ways.values())


def test_branches_stand_apart_and_join_again(process: Make, laid_out: LaidOut) -> None:
    found = laid_out(
        process("g a", "g b", "g c", "a j", "b j", "c j", more=[m.ExclusiveGateway(id="g"), m.ParallelGateway(id="j")])
    )
    for one, other in itertools.combinations(("a", "b", "c"), 2):
        assert not found.boxes[one].overlaps(found.boxes[other])
        assert found.boxes[one].x == found.boxes[other].x
    assert found.boxes["j"].x > found.boxes["c"].right


def test_ways_join_borders_at_right_angles(process: Make, laid_out: LaidOut, on_border: OnBorder) -> None:
    flows = ["s g", "g a", "g b", "a j", "b c", "c j", "j e", "j a", "c b", "g e", "a a"]
    found = laid_out(process(*flows, more=[m.ExclusiveGateway(id="g"), m.EndEvent(id="e", name="done")]))
    for flow in flows:
        source, target = flow.split()
        way = found.ways[f"{source}_{target}"]
        assert on_border(way[0], found.boxes[source])
        assert on_border(way[-1], found.boxes[target])
        for (ax, ay), (bx, by) in itertools.pairwise(way):
            assert ax == pytest.approx(bx, abs=0.6) or ay == pytest.approx(by, abs=0.6)


def test_a_loop_goes_back_beneath(process: Make, laid_out: LaidOut) -> None:
    found = laid_out(process("a b", "b c", "c a"))
    lowest = max(box.bottom for box in found.boxes.values())
    assert found.boxes["a"].right < found.boxes["b"].x
    assert max(y for _, y in found.ways["c_a"]) > lowest


def test_no_way_crosses_a_node(process: Make, laid_out: LaidOut) -> None:
    flows = ["a b", "b c", "c d", "d e", "a c", "a d", "a e", "b e", "e a", "d b"]
    found = laid_out(process(*flows))
    for flow in flows:
        ends = flow.split()
        for (ax, ay), (bx, by) in itertools.pairwise(found.ways["_".join(ends)]):
            for id, box in found.boxes.items():
                crossed = min(ax, bx) < box.right - 1 and max(ax, bx) > box.x + 1
                crossed = crossed and min(ay, by) < box.bottom - 1 and max(ay, by) > box.y + 1
                assert not crossed, f"{flow} runs over {id}"


def test_events_hang_on_the_lower_border(process: Make, laid_out: LaidOut, on_border: OnBorder) -> None:
    events = [m.BoundaryEvent(id=f"b{i}", name=f"After {i} days", attached_to_ref="a") for i in range(4)]
    found = laid_out(process("a z", "b0 x", "b1 y", "b2 y", more=events))
    for event in events:
        box = found.boxes[event.id or ""]
        assert box.cy == pytest.approx(found.boxes["a"].bottom, abs=0.2)
        assert found.boxes["a"].x <= box.cx <= found.boxes["a"].right
    boxes = [*found.labels.values(), found.boxes["x"], found.boxes["y"], found.boxes["a"]]
    assert not [(a, b) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)]
    assert on_border(found.ways["b0_x"][0], found.boxes["b0"])


def test_a_sub_process_holds_what_is_inside_it(process: Make, laid_out: LaidOut) -> None:
    deepest = m.SubProcess(id="inner", flow_elements=[m.Task(id="t"), m.Task(id="u")])
    handler = m.SubProcess(id="handler", triggered_by_event=True, flow_elements=[m.StartEvent(id="h")])
    outer = m.SubProcess(id="outer", name="Outer", flow_elements=[deepest, handler])
    found = laid_out(process("a outer", "outer b", more=[outer]))
    assert found.boxes["outer"].holds(found.boxes["inner"])
    assert found.boxes["inner"].holds(found.boxes["t"])
    assert found.boxes["inner"].holds(found.boxes["u"])
    assert found.boxes["handler"].holds(found.boxes["h"])
    assert not found.boxes["handler"].overlaps(found.boxes["inner"])
    assert not found.boxes["outer"].overlaps(found.boxes["a"])


def test_lanes_hold_their_nodes_and_what_no_lane_names_stands_with_its_neighbours(
    process: Make, laid_out: LaidOut
) -> None:
    definitions = process("a b", "b c", "c d")
    low = m.Lane(id="low", name="Accounting", flow_node_refs=["c"])
    inner = m.LaneSet(lanes=[low, m.Lane(id="empty")])
    definitions.processes[0].lane_sets = [
        m.LaneSet(lanes=[m.Lane(id="top", flow_node_refs=["a", "b"]), m.Lane(id="both", child_lane_set=inner)])
    ]
    found = laid_out(definitions)
    assert found.boxes["top"].holds(found.boxes["a"])
    assert found.boxes["low"].holds(found.boxes["c"])
    assert found.boxes["low"].holds(found.boxes["d"])
    assert found.boxes["both"].holds(found.boxes["low"])
    assert found.boxes["both"].holds(found.boxes["empty"])
    assert not found.boxes["top"].overlaps(found.boxes["both"])
    assert not found.boxes["empty"].overlaps(found.boxes["low"])


def test_messages_run_between_pools(process: Make, laid_out: LaidOut, on_border: OnBorder) -> None:
    first, second = process("a b").processes[0], process("x y").processes[0]
    first.id, second.id = "p1", "p2"
    collaboration = m.Collaboration(
        id="c",
        participants=[
            m.Participant(id="one", name="One", process_ref="p1"),
            m.Participant(id="two", name="Two", process_ref="p2"),
            m.Participant(id="box", name="Nobody sees inside"),
        ],
        message_flows=[
            m.MessageFlow(id="m1", name="order", source_ref="a", target_ref="y"),
            m.MessageFlow(id="m2", source_ref="y", target_ref="box"),
            m.MessageFlow(id="m3", source_ref="box", target_ref="b"),
        ],
    )
    found = laid_out(m.Definitions(id="d", root_elements=[collaboration, first, second]))
    assert found.boxes["one"].holds(found.boxes["a"])
    assert found.boxes["two"].holds(found.boxes["y"])
    assert found.boxes["one"].bottom < found.boxes["two"].y < found.boxes["two"].bottom < found.boxes["box"].y
    for message in collaboration.message_flows:
        way = found.ways[message.id or ""]
        assert on_border(way[0], found.boxes[message.source_ref or ""])
        assert on_border(way[-1], found.boxes[message.target_ref or ""])


def test_data_and_notes_stand_above_their_node(process: Make, laid_out: LaidOut, on_border: OnBorder) -> None:
    data = [m.DataObjectReference(id="data", name="Order [paid]"), m.DataStoreReference(id="store", name="Archive")]
    definitions = process("a b", more=data)
    tasks = {each.id: each for each in definitions.of(m.Task)}
    tasks["a"].data_output_associations = [
        m.DataOutputAssociation(id="out", target_ref="data"),
        m.DataOutputAssociation(id="kept", target_ref="store"),
    ]
    tasks["b"].data_input_associations = [m.DataInputAssociation(id="in", source_refs=["data"])]
    definitions.processes[0].artifacts = [
        m.TextAnnotation(id="note", text="Only on weekdays, between eight and five"),
        m.Association(id="link", source_ref="b", target_ref="note"),
    ]
    found = laid_out(definitions)
    assert found.boxes["data"].bottom < found.boxes["a"].y
    assert found.boxes["note"].bottom < found.boxes["b"].y
    assert on_border(found.ways["out"][-1], found.boxes["data"])
    assert on_border(found.ways["in"][0], found.boxes["data"])
    assert on_border(found.ways["in"][-1], found.boxes["b"])
    assert on_border(found.ways["link"][0], found.boxes["b"])
    assert not [pair for pair in itertools.combinations(found.boxes.values(), 2) if pair[0].overlaps(pair[1])]


def test_nodes_that_nothing_joins_do_not_overlap(process: Make, laid_out: LaidOut) -> None:
    found = laid_out(process(more=[m.Task(id=f"t{i}") for i in range(40)]))
    assert len(found.boxes) == 40
    assert not [pair for pair in itertools.combinations(found.boxes.values(), 2) if pair[0].overlaps(pair[1])]
    assert max(box.right for box in found.boxes.values()) < 2000


def test_what_is_drawn_is_left_alone(process: Make) -> None:
    once = bpmn.layout(process("a b"))
    assert bpmn.layout(once) is once


def test_only_what_is_not_drawn_gets_a_diagram(process: Make) -> None:
    definitions = bpmn.layout(process("a b"))
    other = process("x y").processes[0]
    other.id = "other"
    definitions.root_elements.append(other)
    definitions.changed()
    twice = bpmn.layout(definitions)
    assert len(twice.diagrams) == 2
    assert twice.diagrams[0] is definitions.diagrams[0]


def test_the_document_given_is_not_changed_and_the_new_one_is_written_with_its_diagram(process: Make) -> None:
    definitions = process("a b")
    written = bpmn.write(bpmn.layout(definitions))
    assert not definitions.diagrams
    again = bpmn.read(written).definitions
    assert again is not None
    assert len(again.diagrams) == 1
    assert bpmn.layout(again) is again


def test_the_same_file_gives_the_same_diagram(process: Make) -> None:
    flows = [f"n{i} n{(i * 7 + 3) % 50}" for i in range(50)] + [f"n{i} n{(i * 3 + 1) % 50}" for i in range(50)]
    assert bpmn.write(bpmn.layout(process(*flows))) == bpmn.write(bpmn.layout(process(*flows)))


def test_new_ids_do_not_meet_those_of_the_file(process: Make) -> None:
    definitions = bpmn.layout(process("a a_shape", "a_shape p_plane"))
    ids = [each.id for each in definitions.walk() if each.id]
    assert len(ids) == len(set(ids))


def test_flows_without_ids_are_drawn_too(laid_out: LaidOut) -> None:
    flow = m.SequenceFlow(source_ref="a", target_ref="b")
    process = m.Process(id="p", flow_elements=[m.Task(id="a"), m.Task(id="b"), flow, m.Task()])
    found = laid_out(m.Definitions(id="d", target_namespace="t", root_elements=[process]))
    assert len(found.ways) == 1
    assert len(found.boxes) == 3
    assert flow.id is None
    assert all(found.definitions.resolve(id) for id in (*found.ways, *found.boxes))


def test_at_one_corner_of_a_gateway_ways_either_leave_or_arrive(process: Make, laid_out: LaidOut) -> None:
    flows = ["s x", "x g", "x a", "a g", "g b", "g c", "g d"]
    found = laid_out(process(*flows, more=[m.ExclusiveGateway(id="g"), m.ExclusiveGateway(id="x")]))
    box = found.boxes["g"]
    corners = ((box.cx, box.y), (box.cx, box.bottom))
    leaving = {way[0] for id, way in found.ways.items() if id.startswith("g_")}
    arriving = {way[-1] for id, way in found.ways.items() if id.endswith("_g")}
    assert not leaving & arriving
    assert (leaving | arriving) & set(corners)
