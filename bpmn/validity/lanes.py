"""Lanes: a node belongs to one lane of a lane set, or to none."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.model import Lane, LaneSet
from bpmn.problems import Problem
from bpmn.validity.document import Document


def check(document: Document) -> Iterator[Problem]:
    for lane_set in document.lane_sets:
        if isinstance(document.definitions.parent(lane_set), Lane):
            continue
        owners: dict[str, tuple[Lane, frozenset[int]]] = {}
        waiting = _inside(lane_set, frozenset())
        while waiting:
            lane, around = waiting.pop()
            if lane.child_lane_set is not None:
                waiting.extend(_inside(lane.child_lane_set, around | {id(lane)}))
            for ref in lane.flow_node_refs:
                other, others_around = owners.setdefault(ref, (lane, around))
                # A lane also lists what its inner lanes list.
                if other is not lane and id(other) not in around and id(lane) not in others_around:
                    yield _twice(ref, lane, other)


def _inside(lane_set: LaneSet, around: frozenset[int]) -> list[tuple[Lane, frozenset[int]]]:
    return [(lane, around) for lane in reversed(lane_set.lanes)]


def _twice(ref: str, lane: Lane, other: Lane) -> Problem:
    first, second = (shown.name or shown.id or "without a name" for shown in (other, lane))
    message = f"{ref!r} is in two lanes, {first!r} and {second!r}: nobody can tell who does it."
    return Problem("error", "two_lanes", message, ref, lane.line, "Leave it in one of the two.")
