"""Drawings as a viewer can show them: what tools write that cannot be meant so is put right, in a copy."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

import bpmn.model as m
from bpmn.layout.additions import Mend, loose_ends, pools_for_the_rest
from bpmn.layout.interchange import Ids
from bpmn.model.diagram import BPMNDiagram, BPMNEdge, BPMNLabel, BPMNPlane, BPMNShape, Point
from bpmn.reading import read
from bpmn.render.geometry import Box, box_of
from bpmn.render.scene import diagram_to_show, ends_of
from bpmn.xml.writer import write

SHOWN = (m.Collaboration, m.Process, m.SubProcess, m.SubChoreography)
# So near the corner of the drawing a thing may really be.
NEAR = 150.0
GAP = 10.0
CORNER = Box(0, 0, 0, 0)


def mended(definitions: m.Definitions) -> m.Definitions:
    """The same document where its drawings can be shown as they are, else a copy of it in which they can."""
    if next(_mends(definitions), None) is None:
        return definitions
    copy = read(write(definitions)).definitions
    if copy is None:
        return definitions
    for mend in list(_mends(copy)):
        mend()
    copy.changed()
    return copy


def _mends(definitions: m.Definitions) -> Iterator[Mend]:
    ids, drawn = Ids(definitions), _drawn(definitions)
    in_pools = {id(definitions.resolve(each.process_ref)) for each in definitions.of(m.Participant)}
    for diagram in definitions.diagrams:
        if diagram.plane is None:
            continue
        boxes = _boxes(definitions, diagram.plane)
        shown = _shown_by(definitions, diagram.plane)
        if shown is not None and definitions.resolve(diagram.plane.bpmn_element) is not shown:
            yield partial(setattr, diagram.plane, "bpmn_element", shown.id)
        yield from _opened(definitions, diagram.plane, boxes)
        yield from _labels(diagram.plane)
        yield from _ways(definitions, diagram.plane, boxes)
        if isinstance(shown, m.Collaboration):
            yield from pools_for_the_rest(definitions, diagram.plane, shown, in_pools, ids)
        if isinstance(shown, m.Collaboration | m.Process | m.SubProcess):
            yield from loose_ends(definitions, diagram.plane, shown, drawn, ids)
        yield from _strays(diagram)
    yield from _data_objects(definitions, drawn)
    yield from _order(definitions)


def _drawn(definitions: m.Definitions) -> set[int]:
    """What has a shape or an edge anywhere, by identity."""
    planes = [diagram.plane for diagram in definitions.diagrams if diagram.plane is not None]
    return {id(definitions.resolve(each.bpmn_element)) for plane in planes for each in plane.elements}


def _boxes(definitions: m.Definitions, plane: BPMNPlane) -> dict[int, Box]:
    """Where the elements stand on the plane, by identity."""
    found: dict[int, Box] = {}
    for shape in plane.elements:
        if isinstance(shape, BPMNShape) and (box := box_of(shape.bounds)) is not None:
            found[id(definitions.resolve(shape.bpmn_element))] = box
    return found


def _shown_by(definitions: m.Definitions, plane: BPMNPlane) -> m.BaseElement | None:
    """Some tools say that a drawing shows the document as a whole: then it is of what its elements stand in."""
    named = definitions.resolve(plane.bpmn_element)
    if isinstance(named, SHOWN):
        return named
    drawn = [definitions.resolve(each.bpmn_element) for each in plane.elements]
    around = [definitions.parent(each) for each in drawn if each is not None]
    shown = [each for each in around if isinstance(each, m.Collaboration | m.Process) and each.id]
    return next((each for each in shown if isinstance(each, m.Collaboration)), shown[0] if shown else None)


def _opened(definitions: m.Definitions, plane: BPMNPlane, boxes: dict[int, Box]) -> Iterator[Mend]:
    """A sub-process of which it is not said whether it is open is so where what is inside is drawn inside it."""
    shapes = [(each, definitions.resolve(each.bpmn_element)) for each in plane.elements if isinstance(each, BPMNShape)]
    inside: dict[int, Box] = {}
    for _, element in shapes:
        box, around = boxes.get(id(element)), definitions.parent(element) if element is not None else None
        if box is not None and isinstance(element, m.FlowElement) and isinstance(around, m.SubProcess):
            inside[id(around)] = inside[id(around)].joined(box) if id(around) in inside else box
    for shape, element in shapes:
        if shape.is_expanded is None and isinstance(element, m.SubProcess) and id(element) in inside:
            box = boxes.get(id(element))
            if box is not None and box.holds(inside[id(element)]):
                yield partial(setattr, shape, "is_expanded", True)


def _labels(plane: BPMNPlane) -> Iterator[Mend]:
    """A name in the corner of the drawing, far from what it names, was put nowhere; its usual place is better."""
    for each in plane.elements:
        label: BPMNLabel | None = getattr(each, "label", None)
        if label is None or label.bounds is None or label.bounds.x or label.bounds.y:
            continue
        if isinstance(each, BPMNShape):
            box = box_of(each.bounds)
            there = box is not None and _near((box.x, box.y))
        else:
            there = isinstance(each, BPMNEdge) and any(_near((point.x, point.y)) for point in each.waypoints)
        if not there:
            yield partial(setattr, label, "bounds", None)


def _ways(definitions: m.Definitions, plane: BPMNPlane, boxes: dict[int, Box]) -> Iterator[Mend]:
    """A way that leads through the corner of the drawing, or nowhere, is drawn anew between what it connects."""
    for edge in plane.elements:
        if isinstance(edge, BPMNEdge):
            start, end = _ends(definitions, edge, boxes)
            if start is not None and end is not None and _is_lost(edge, start, end):
                points = [Point(x=x, y=y) for x, y in _way(start, end)]
                yield partial(setattr, edge, "waypoints", points)


def _ends(definitions: m.Definitions, edge: BPMNEdge, boxes: dict[int, Box]) -> tuple[Box | None, Box | None]:
    element = definitions.resolve(edge.bpmn_element)
    start, end = (boxes.get(id(definitions.resolve(each))) for each in ends_of(element))
    if isinstance(element, m.DataAssociation):
        # One end is the activity's own, which is not drawn apart from it.
        activity = boxes.get(id(definitions.parent(element)))
        return start or activity, end or activity
    return start, end


def _is_lost(edge: BPMNEdge, start: Box, end: Box) -> bool:
    if len(edge.waypoints) < 2:
        return True
    there = any(box.around(GAP).holds(CORNER) for box in (start, end))
    return any(_nowhere(point) or (not point.x and not point.y and not there) for point in edge.waypoints)


def _nowhere(point: Point) -> bool:
    return point.x is None or point.y is None or not (math.isfinite(point.x) and math.isfinite(point.y))


def _near(point: tuple[float | None, float | None]) -> bool:
    return all(value is not None and abs(value) <= NEAR for value in point)


def _way(start: Box, end: Box) -> list[tuple[float, float]]:
    """From border to border with at most two corners; straight where there is no room for them."""
    if start.right + GAP <= end.x or end.right + GAP <= start.x:
        out, into = (start.right, end.x) if start.x < end.x else (start.x, end.right)
        middle = (out + into) / 2
        corners = [(middle, start.cy), (middle, end.cy)] if start.cy != end.cy else []
        return [(out, start.cy), *corners, (into, end.cy)]
    if start.bottom + GAP <= end.y or end.bottom + GAP <= start.y:
        out, into = (start.bottom, end.y) if start.y < end.y else (start.y, end.bottom)
        middle = (out + into) / 2
        corners = [(start.cx, middle), (end.cx, middle)] if start.cx != end.cx else []
        return [(start.cx, out), *corners, (end.cx, into)]
    return [start.toward((end.cx, end.cy)), end.toward((start.cx, start.cy))]


def _strays(diagram: BPMNDiagram) -> Iterator[Mend]:
    """Elements where none belong, such as a second plane, of which some viewers show the last."""
    if diagram.foreign_elements:
        yield diagram.foreign_elements.clear


def _order(definitions: m.Definitions) -> Iterator[Mend]:
    """Viewers show the first diagram: the one that shows most of the file. One without any size shows nothing."""
    there = [each for each in definitions.diagrams if not _is_flat(each)]
    main = diagram_to_show(definitions)
    ordered = sorted(there, key=lambda each: each is not main)
    if [*map(id, ordered)] != [*map(id, definitions.diagrams)]:
        yield partial(definitions.diagrams.__setitem__, slice(None), ordered)


def _is_flat(diagram: BPMNDiagram) -> bool:
    shapes = [each for each in diagram.plane.elements if isinstance(each, BPMNShape)] if diagram.plane else []
    boxes = [box_of(each.bounds) for each in shapes]
    return bool(shapes) and all(box is None or not (box.width and box.height) for box in boxes)


def _data_objects(definitions: m.Definitions, drawn: set[int]) -> Iterator[Mend]:
    """A data object may be drawn itself (13.1.3), but viewers show references to it only."""
    for container in definitions.walk():
        flow_elements = container.flow_elements if isinstance(container, m.Process | m.SubProcess) else []
        for index, each in enumerate(flow_elements):
            if isinstance(each, m.DataObject) and id(each) in drawn:
                shown = m.DataObjectReference(id=each.id, name=each.name, data_state=each.data_state)
                yield partial(flow_elements.__setitem__, index, shown)
