"""Choreographies get their bands, conversations stand between those who hold them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

import bpmn
from bpmn import model as m
from bpmn.model.diagram import BPMNShape
from bpmn.render.geometry import Box, box_of
from bpmn.render.svg import Point

LaidOut = Callable[[m.Definitions], Any]
OnBorder = Callable[[Point, Box], bool]


def task(id: str, *participants: str, **more: Any) -> m.ChoreographyTask:
    return m.ChoreographyTask(
        id=id,
        name=f"Task {id}",
        participant_refs=list(participants),
        initiating_participant_ref=participants[-1],
        **more,
    )


def choreography(*elements: m.FlowElement) -> m.Definitions:
    pools = [m.Participant(id=id, name=f"The {id} with a name") for id in ("buyer", "seller", "carrier")]
    whole = m.Choreography(id="c", name="Trade", participants=pools, flow_elements=list(elements))
    return m.Definitions(id="d", target_namespace="t", root_elements=[whole])


def flow(source: str, target: str) -> m.SequenceFlow:
    return m.SequenceFlow(id=f"{source}_{target}", source_ref=source, target_ref=target)


def bands(definitions: m.Definitions) -> list[tuple[str, str, str, Box]]:
    """Activity, participant, kind and box of each."""
    plane = bpmn.layout(definitions).diagrams[0].plane
    assert plane is not None
    shapes = [each for each in plane.elements if isinstance(each, BPMNShape)]
    activity = {each.id: each.bpmn_element or "" for each in shapes}
    found = []
    for each in shapes:
        box = box_of(each.bounds)
        if each.participant_band_kind and box is not None:
            of = activity[each.choreography_activity_shape]
            found.append((of, each.bpmn_element or "", each.participant_band_kind, box))
    return found


def test_a_choreography_is_laid_out_like_a_process(laid_out: LaidOut, on_border: OnBorder) -> None:
    definitions = choreography(task("a", "seller", "buyer"), task("b", "carrier", "seller"), flow("a", "b"))
    found = laid_out(definitions)
    assert found.boxes["a"].right < found.boxes["b"].x
    assert on_border(found.ways["a_b"][0], found.boxes["a"])
    assert on_border(found.ways["a_b"][-1], found.boxes["b"])


def test_who_begins_has_the_upper_band(laid_out: LaidOut) -> None:
    definitions = choreography(task("a", "seller", "buyer"))
    box = laid_out(definitions).boxes["a"]
    (_, first, upper, top), (_, second, lower, bottom) = bands(definitions)
    assert (first, upper, second, lower) == ("buyer", "top_initiating", "seller", "bottom_non_initiating")
    assert (top.x, top.y, top.width) == (box.x, box.y, box.width)
    assert bottom.bottom == box.bottom
    assert top.bottom < bottom.y


def test_three_have_bands_that_do_not_overlap() -> None:
    found = bands(choreography(task("a", "seller", "buyer", "carrier")))
    assert [kind for _, _, kind, _ in found] == [
        "top_initiating",
        "middle_non_initiating",
        "bottom_non_initiating",
    ]
    assert not [pair for pair in itertools.combinations([box for *_, box in found], 2) if pair[0].overlaps(pair[1])]


def test_a_sub_choreography_holds_what_is_inside_between_its_bands(laid_out: LaidOut) -> None:
    inside = [task("x", "seller", "buyer"), task("y", "carrier", "seller"), flow("x", "y")]
    outer = m.SubChoreography(id="s", name="Deliver", participant_refs=["buyer", "seller"], flow_elements=inside)
    definitions = choreography(outer, task("a", "seller", "buyer"), flow("s", "a"))
    found = laid_out(definitions)
    own = [box for of, *_, box in bands(definitions) if of == "s"]
    assert len(own) == 2
    for id in ("x", "y"):
        assert found.boxes["s"].holds(found.boxes[id])
        assert not any(found.boxes[id].overlaps(band) for band in own)


def test_a_choreography_is_written_read_and_drawn() -> None:
    written = bpmn.write(bpmn.layout(choreography(task("a", "seller", "buyer", loop_type="Standard"))))
    again = bpmn.read(written).definitions
    assert again is not None
    assert bpmn.layout(again) is again
    picture = bpmn.render(again)
    assert "Task a" in picture
    assert "The seller with a" in picture


def talk(*, process: bool, name: str | None = None) -> m.Definitions:
    pools = [m.Participant(id=id, name=id) for id in ("a", "b", "c")]
    nodes = [m.Conversation(id="x", name="Prices"), m.SubConversation(id="y", name="Delivery")]
    ends = [("a", "x"), ("x", "b"), ("a", "y"), ("c", "y"), ("y", "b")]
    links = [m.ConversationLink(id=f"{s}_{t}", name=name, source_ref=s, target_ref=t) for s, t in ends]
    messages = [m.MessageFlow(id="a_c", name="greets", source_ref="a", target_ref="c")]
    whole = m.Collaboration(
        id="col", participants=pools, conversation_nodes=nodes, conversation_links=links, message_flows=messages
    )
    inside = m.Process(id="p", flow_elements=[m.Task(id="t"), m.Task(id="u"), flow("t", "u")])
    pools[0].process_ref = "p" if process else None
    return m.Definitions(id="d", target_namespace="t", root_elements=[whole, *([inside] if process else [])])


@pytest.mark.parametrize("process", [True, False], ids=["beside pools", "between black boxes"])
def test_conversations_are_joined_to_those_who_hold_them(
    laid_out: LaidOut, on_border: OnBorder, *, process: bool
) -> None:
    found = laid_out(talk(process=process, name="by letter"))
    shown = [found.boxes[id] for id in ("a", "b", "c", "x", "y")]
    assert not [pair for pair in itertools.combinations(shown, 2) if pair[0].overlaps(pair[1])]
    for id in ("a_x", "x_b", "a_y", "c_y", "y_b", "a_c"):
        source, target = id.split("_")
        assert on_border(found.ways[id][0], found.boxes[source]), id
        assert on_border(found.ways[id][-1], found.boxes[target]), id
        assert not [box for box in shown if found.labels[id].overlaps(box)], id


def test_conversations_among_none_are_drawn_too(laid_out: LaidOut) -> None:
    whole = m.Collaboration(id="col", conversation_nodes=[m.Conversation(id="x"), m.Conversation(id="y")])
    found = laid_out(m.Definitions(id="d", root_elements=[whole]))
    assert not found.boxes["x"].overlaps(found.boxes["y"])


def test_a_link_to_something_else_is_no_reason_to_fail(laid_out: LaidOut) -> None:
    definitions = talk(process=True)
    collaboration = definitions.root_elements[0]
    assert isinstance(collaboration, m.Collaboration)
    collaboration.conversation_links += [
        m.ConversationLink(id="t_x", source_ref="t", target_ref="x"),
        m.ConversationLink(id="x_gone", source_ref="x", target_ref="gone"),
        m.ConversationLink(id="x_x", source_ref="x", target_ref="x"),
    ]
    definitions.changed()
    found = laid_out(definitions)
    assert "t_x" in found.ways
    assert not {"x_gone", "x_x"} & found.ways.keys()
