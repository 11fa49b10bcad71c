"""The reference drawings of the Model Interchange Working Group, laid out anew: nothing lies on anything."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import bpmn
from bpmn import model as m
from bpmn.render.geometry import Box
from bpmn.render.svg import Point

Look = Callable[[m.Definitions], Any]
ALONE = (m.FlowNode, m.DataObjectReference, m.DataStoreReference, m.TextAnnotation)


def drawings(drawn: Look, shared: Callable[[str], Path]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Each diagram of each file, with its elements by id."""
    files = sorted(shared("conformance/miwg/Reference").glob("*.bpmn"))
    assert len(files) >= 10
    for path in files:
        definitions = bpmn.read(path.read_bytes(), path.name).definitions
        assert definitions is not None
        made = bpmn.layout(replace(definitions, diagrams=[]))
        for diagram in made.diagrams:
            found = drawn(replace(made, diagrams=[diagram]))
            yield path.stem, found, {id: made.resolve(id) for id in (*found.boxes, *found.ways)}


def runs_over(way: list[Point], box: Box) -> bool:
    return any(
        min(ax, bx) < box.right - 1
        and max(ax, bx) > box.x + 1
        and min(ay, by) < box.bottom - 1
        and max(ay, by) > box.y + 1
        for (ax, ay), (bx, by) in itertools.pairwise(way)
        if abs(ax - bx) < 1 or abs(ay - by) < 1
    )


def test_no_name_lies_on_another_on_a_shape_or_on_a_way(drawn: Look, shared: Callable[[str], Path]) -> None:
    names = 0
    for file, found, elements in drawings(drawn, shared):
        shapes = {id: box for id, box in found.boxes.items() if is_leaf(elements[id])}
        names += len(found.labels)
        for (one, a), (other, b) in itertools.combinations(found.labels.items(), 2):
            assert not a.overlaps(b), f"{file}: the names of {one} and {other}"
        for (named, label), (id, box) in itertools.product(found.labels.items(), shapes.items()):
            assert named == id or not label.overlaps(box), f"{file}: the name of {named} on {id}"
        for (named, label), (id, way) in itertools.product(found.labels.items(), found.ways.items()):
            assert named == id or not runs_over(way, label), f"{file}: {id} over the name of {named}"
    assert names > 200


def test_no_flow_runs_over_a_shape_and_hardly_any_cross(
    drawn: Look,
    shared: Callable[[str], Path],
    crossings: Callable[[dict[str, list[Point]]], list[tuple[str, str]]],
) -> None:
    count = 0
    for file, found, elements in drawings(drawn, shared):
        shapes = {id: box for id, box in found.boxes.items() if is_leaf(elements[id])}
        flows = {id: way for id, way in found.ways.items() if isinstance(elements[id], m.SequenceFlow)}
        for (id, way), (node, box) in itertools.product(flows.items(), shapes.items()):
            ends = (elements[id].source_ref, elements[id].target_ref)
            assert node in ends or not runs_over(way, box), f"{file}: {id} over {node}"
        count += len(crossings(flows))
    assert count <= 4


def is_leaf(element: Any) -> bool:
    return isinstance(element, ALONE) and not (isinstance(element, m.SubProcess) and element.flow_elements)
