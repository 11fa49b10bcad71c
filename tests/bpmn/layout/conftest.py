"""Processes made in Python, laid out, and what a drawing must hold."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pytest

import bpmn
from bpmn import model as m
from bpmn.model.diagram import BPMNEdge, BPMNShape
from bpmn.render.geometry import Box, box_of, waypoints_of
from bpmn.render.svg import Point


class Drawn(NamedTuple):
    """A laid-out document: boxes and ways by the id of their element."""

    definitions: m.Definitions
    boxes: dict[str, Box]
    labels: dict[str, Box]
    ways: dict[str, list[Point]]


def _drawn(definitions: m.Definitions) -> Drawn:
    found = Drawn(definitions, {}, {}, {})
    for diagram in definitions.diagrams:
        for each in diagram.plane.elements if diagram.plane else ():
            id = each.bpmn_element or ""
            if isinstance(each, BPMNShape):
                box = box_of(each.bounds)
                assert box is not None, f"{id} has no bounds"
                found.boxes[id] = box
            elif isinstance(each, BPMNEdge):
                found.ways[id] = waypoints_of(each)
            label = box_of(each.label.bounds) if isinstance(each, BPMNShape | BPMNEdge) and each.label else None
            if label is not None:
                found.labels[id] = label
    return found


@pytest.fixture(scope="session")
def drawn() -> Callable[[m.Definitions], Drawn]:
    """What stands where in the diagrams that a document has."""
    return _drawn


@pytest.fixture(scope="session")
def laid_out() -> Callable[[m.Definitions], Drawn]:
    """A document laid out, with what stands where."""
    return lambda definitions: _drawn(bpmn.layout(definitions))


@pytest.fixture
def process() -> Callable[..., m.Definitions]:
    """A process of tasks, one for each name in the flows: `process("a b", "b c")`."""

    def make(*flows: str, more: Iterable[m.FlowElement] = ()) -> m.Definitions:
        pairs = [flow.split() for flow in flows]
        names = dict.fromkeys(name for pair in pairs for name in pair)
        extra = list(more)
        given = {each.id for each in extra}
        elements: list[m.FlowElement] = [m.Task(id=name, name=name) for name in names if name not in given]
        elements += extra
        elements += [m.SequenceFlow(id=f"{a}_{b}", source_ref=a, target_ref=b) for a, b in pairs]
        return m.Definitions(id="d", root_elements=[m.Process(id="p", flow_elements=elements)])

    return make


@pytest.fixture(scope="session")
def on_border() -> Callable[[Point, Box], bool]:
    """Whether a point lies on a shape's border."""

    def check(point: Point, box: Box) -> bool:
        x, y = point
        level = box.y - 1 <= y <= box.bottom + 1 and min(abs(x - box.x), abs(x - box.right)) < 1
        upright = box.x - 1 <= x <= box.right + 1 and min(abs(y - box.y), abs(y - box.bottom)) < 1
        return level or upright

    return check


@pytest.fixture(scope="session")
def crossings() -> Callable[[dict[str, list[Point]]], list[tuple[str, str]]]:
    """Gives pairs of ways of which a level part of one passes through an upright part of the other."""
    return _crossings


def _crossings(ways: dict[str, list[Point]]) -> list[tuple[str, str]]:
    found = []
    for (one, first), (other, second) in itertools.permutations(ways.items(), 2):
        for (ax, ay), (bx, by) in itertools.pairwise(first):
            for (cx, cy), (dx, dy) in itertools.pairwise(second):
                level = abs(ay - by) < 1 and abs(cx - dx) < 1
                if level and min(ax, bx) + 1 < cx < max(ax, bx) - 1 and min(cy, dy) + 1 < ay < max(cy, dy) - 1:
                    found.append((one, other))
    return found
