"""Where a drawing without crossings is easy there are none, and nothing is drawn over signs and names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bpmn import model as m
from bpmn.render.svg import Point

LaidOut = Callable[[m.Definitions], Any]
Make = Callable[..., m.Definitions]
Crossings = Callable[[dict[str, list[Point]]], list[tuple[str, str]]]
GATEWAYS = [m.ExclusiveGateway(id=id) for id in ("g", "h", "j")]

PLANAR: dict[str, list[str]] = {
    "branches that join": ["s g", "g a", "g b", "g c", "a j", "b j", "c j", "j e"],
    "branches in branches": ["s g", "g a", "g b", "b h", "h c", "h d", "c j", "d j", "a e", "j e"],
    "a loop past another branch's end": ["s a", "a g", "g b", "b h", "h e", "h a", "g c", "c d", "d f"],
    "a loop past two ends": ["s a", "a g", "g b", "g c", "c d", "b h", "h a", "h e"],
    "a short cut": ["s g", "g a", "a b", "b j", "g j", "j e"],
    "two loops beside each other": ["s a", "a g", "g a", "g b", "b h", "h b", "h e"],
    "a loop in a loop": ["s a", "a b", "b g", "g b", "g h", "h a", "h e"],
    "ends that stand the other way round": ["g a", "g b", "g c", "c x", "b y", "a z"],
}


@pytest.mark.parametrize("shape", PLANAR)
def test_what_can_be_drawn_without_crossings_is(
    process: Make, laid_out: LaidOut, crossings: Crossings, shape: str
) -> None:
    used = {name for flow in PLANAR[shape] for name in flow.split()}
    found = laid_out(process(*PLANAR[shape], more=[each for each in GATEWAYS if each.id in used]))
    assert not crossings(found.ways)


def test_of_events_on_one_border_the_ways_do_not_cross(process: Make, laid_out: LaidOut, crossings: Crossings) -> None:
    events = [m.BoundaryEvent(id=f"b{i}", name="A long name", attached_to_ref="a") for i in range(3)]
    found = laid_out(process("a x", "b0 y", "b1 z", "b2 x", "y last", "z x", more=events))
    assert not crossings(found.ways)


def test_of_two_events_on_a_border_none_hides_the_sign_between(process: Make, laid_out: LaidOut) -> None:
    looped = m.Task(id="a", name="Again", loop_characteristics=m.StandardLoopCharacteristics())
    events = [m.BoundaryEvent(id=f"b{i}", attached_to_ref="a") for i in range(2)]
    found = laid_out(process("a x", "b0 y", "b1 y", more=[looped, *events]))
    middle = found.boxes["a"].cx
    assert all(abs(found.boxes[id].cx - middle) > 30 for id in ("b0", "b1"))
    assert found.boxes["a"].x <= found.boxes["b0"].x
    assert found.boxes["a"].x <= found.boxes["b1"].x


def test_pools_that_talk_to_each_other_lie_together(laid_out: LaidOut) -> None:
    pools = [m.Participant(id=id, name=id) for id in ("one", "two", "three")]
    flows = [m.MessageFlow(id=f"m{i}", source_ref="one", target_ref="three") for i in range(2)]
    collaboration = m.Collaboration(id="c", participants=pools, message_flows=flows)
    found = laid_out(m.Definitions(id="d", root_elements=[collaboration]))
    tops = sorted(found.boxes, key=lambda id: found.boxes[id].y)
    assert abs(tops.index("one") - tops.index("three")) == 1
    assert [each.id for each in collaboration.participants] == ["one", "two", "three"]


def test_pools_that_nothing_joins_lie_as_in_the_file(laid_out: LaidOut) -> None:
    pools = [m.Participant(id=id, name=id) for id in ("one", "two", "three")]
    found = laid_out(m.Definitions(id="d", root_elements=[m.Collaboration(id="c", participants=pools)]))
    assert sorted(found.boxes, key=lambda id: found.boxes[id].y) == ["one", "two", "three"]
