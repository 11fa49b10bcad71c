"""A drawing as diagram interchange: shapes, edges and labels with ids that the file does not have yet."""

from __future__ import annotations

import re
from functools import cached_property

import bpmn.model as m
from bpmn.layout.drawing import Drawing, Placed
from bpmn.model.diagram import Bounds, BPMNDiagram, BPMNEdge, BPMNLabel, BPMNPlane, BPMNShape, Point
from bpmn.render.geometry import Box

_NO_ID = re.compile(r"[^\w.-]")


class Ids:
    """Ids that are free in a document, made of what they are for."""

    def __init__(self, definitions: m.Definitions) -> None:
        self._definitions = definitions

    @cached_property
    def _taken(self) -> set[str]:
        return {each.id for each in self._definitions.walk() if each.id}

    def free(self, wanted: str) -> str:
        wanted = _NO_ID.sub("_", wanted)
        found, number = wanted, 2
        while found in self._taken:
            found, number = f"{wanted}_{number}", number + 1
        self._taken.add(found)
        return found


def to_diagram(shown: m.BaseElement, drawing: Drawing, ids: Ids) -> BPMNDiagram:
    """The diagram of a process or collaboration. What has no id cannot be referred to, and is left out."""
    plane = BPMNPlane(id=ids.free(f"{shown.id}_plane"), bpmn_element=shown.id)
    boxes: dict[int, Box] = {}
    shapes: dict[int, BPMNShape] = {}
    for placed in drawing.shapes:
        if placed.band is not None:
            activity, kind = placed.band
            plane.elements.append(_band(placed, kind, shapes[id(activity)], ids))
            continue
        boxes[id(placed.element)] = placed.box
        if placed.element.id:
            shape = shapes[id(placed.element)] = _shape(placed.element, placed.box, placed.label, ids)
            plane.elements.append(shape)
    for way in drawing.ways:
        points = way.points
        if way.ends is not None:
            start, end = (boxes.get(id(each)) for each in way.ends)
            if start is None or end is None or start is end:
                continue
            points = [start.toward((end.cx, end.cy)), end.toward((start.cx, start.cy))]
        if way.element.id and len(points) > 1:
            edge = BPMNEdge(id=ids.free(f"{way.element.id}_edge"), bpmn_element=way.element.id)
            edge.waypoints = [Point(x=round(x, 1), y=round(y, 1)) for x, y in points]
            edge.label = _label(way.label)
            plane.elements.append(edge)
    return BPMNDiagram(id=ids.free(f"{shown.id}_diagram"), plane=plane)


def _shape(element: m.BaseElement, box: Box, label: Box | None, ids: Ids) -> BPMNShape:
    shape = BPMNShape(id=ids.free(f"{element.id}_shape"), bpmn_element=element.id, bounds=_bounds(box))
    if isinstance(element, m.Participant | m.Lane):
        shape.is_horizontal = True
    elif isinstance(element, m.SubProcess | m.SubChoreography):
        shape.is_expanded = bool(element.flow_elements)
    elif isinstance(element, m.ExclusiveGateway):
        shape.is_marker_visible = True
    shape.label = _label(label)
    return shape


def _band(placed: Placed, kind: str, activity: BPMNShape, ids: Ids) -> BPMNShape:
    """Refers to the participant, and to the shape that it is a part of."""
    band = BPMNShape(id=ids.free(f"{activity.id}_{placed.element.id}"), bpmn_element=placed.element.id)
    band.bounds = _bounds(placed.box)
    band.participant_band_kind = kind
    band.choreography_activity_shape = activity.id
    band.is_message_visible = False
    return band


def _bounds(box: Box) -> Bounds:
    return Bounds(x=round(box.x, 1), y=round(box.y, 1), width=round(box.width, 1), height=round(box.height, 1))


def _label(box: Box | None) -> BPMNLabel | None:
    return BPMNLabel(bounds=_bounds(box)) if box is not None else None
