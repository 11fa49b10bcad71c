"""Sequence flows, message flows, associations and what else joins two elements."""

from __future__ import annotations

import math

import bpmn.model as m
from bpmn.render.geometry import halfway
from bpmn.render.pen import Brush, Pen
from bpmn.render.scene import Line
from bpmn.render.svg import Point

HEAD, HALF = 10.0, 4.0
CURVE = 6.0


def draw(pen: Pen, line: Line) -> None:
    element = line.element
    brush = pen.brush(line.edge, element.id if element is not None else None)
    if isinstance(element, m.MessageFlow):
        _message_flow(pen, line, element, brush)
    elif isinstance(element, m.Association | m.DataAssociation | m.ConversationAssociation):
        _association(pen, line, brush)
    elif element is None:
        # Of something that the file does not hold: that there is a line is all that can be said.
        _way(pen, line.points, brush, dashes="1.5 4")
    elif isinstance(element, m.ConversationLink):
        _way(pen, line.points, brush._replace(width=4.5))
        _way(pen, line.points, brush._replace(stroke=pen.colours["shape"], width=1.5))
    else:
        _sequence_flow(pen, line, brush)


def _way(pen: Pen, points: list[Point], brush: Brush, dashes: str | None = None) -> None:
    pen.svg.add(
        "path",
        d=_rounded(points),
        fill="none",
        stroke=brush.stroke,
        stroke_width=brush.width,
        stroke_dasharray=dashes,
        stroke_linejoin="round",
    )


def _rounded(points: list[Point]) -> str:
    """The way with its corners rounded, as far as the stretches beside them are long enough."""
    parts = [f"M{points[0][0]:.2f} {points[0][1]:.2f}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(CURVE, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        ax, ay = _toward(corner, before, reach)
        bx, by = _toward(corner, after, reach)
        parts.append(f"L{ax:.2f} {ay:.2f}Q{corner[0]:.2f} {corner[1]:.2f} {bx:.2f} {by:.2f}")
    parts.append(f"L{points[-1][0]:.2f} {points[-1][1]:.2f}")
    return "".join(parts)


def _toward(start: Point, end: Point, length: float) -> Point:
    whole = math.dist(start, end) or 1
    return start[0] + (end[0] - start[0]) * length / whole, start[1] + (end[1] - start[1]) * length / whole


def _across(start: Point, end: Point) -> Point:
    """Of length one, at a right angle to the way from start to end."""
    whole = math.dist(start, end) or 1
    return -(end[1] - start[1]) / whole, (end[0] - start[0]) / whole


def _sequence_flow(pen: Pen, line: Line, brush: Brush) -> None:
    points, flow = line.points, line.element
    source = pen.scene.definitions.resolve(flow.source_ref) if isinstance(flow, m.SequenceFlow) else None
    conditional = isinstance(flow, m.SequenceFlow) and flow.condition_expression is not None
    by_default = flow is not None and pen.scene.definitions.resolve(getattr(source, "default", None)) is flow
    _way(pen, [*points[:-1], _toward(points[-1], points[-2], HEAD / 2)], brush)
    head = _head(points, HEAD, HALF if brush.width < 2 else HALF + 1)
    pen.svg.polygon(*head, fill=brush.stroke, stroke=brush.stroke, stroke_linejoin="round")
    if by_default:
        x, y = _toward(points[0], points[1], min(11, math.dist(points[0], points[1]) / 2))
        dx, dy = _toward((0, 0), (points[1][0] - points[0][0], points[1][1] - points[0][1]), 1)
        # Across the line and leaning back, as the standard draws it.
        nx, ny = -dy, dx
        pen.svg.line(
            (x - 5 * nx - 3 * dx, y - 5 * ny - 3 * dy),
            (x + 5 * nx + 3 * dx, y + 5 * ny + 3 * dy),
            stroke=brush.stroke,
            stroke_width=brush.width,
        )
    elif conditional and isinstance(source, m.Activity):
        tip = _toward(points[0], points[1], 15)
        half, (nx, ny) = _toward(points[0], points[1], 7.5), _across(points[0], points[1])
        corners = (points[0], (half[0] + 5 * nx, half[1] + 5 * ny), tip, (half[0] - 5 * nx, half[1] - 5 * ny))
        pen.svg.polygon(*corners, fill=pen.colours["shape"], stroke=brush.stroke, stroke_width=brush.width)


def _head(points: list[Point], length: float, half: float) -> tuple[Point, Point, Point]:
    end, before = points[-1], points[-2]
    foot, (nx, ny) = _toward(end, before, length), _across(before, end)
    return (foot[0] + nx * half, foot[1] + ny * half), end, (foot[0] - nx * half, foot[1] - ny * half)


def _message_flow(pen: Pen, line: Line, flow: m.MessageFlow, brush: Brush) -> None:
    points, ground = line.points, pen.colours["shape"]
    _way(pen, points, brush, dashes="8 4")
    pen.svg.add("circle", cx=points[0][0], cy=points[0][1], r=4, fill=ground, stroke=brush.stroke, stroke_width=1.3)
    head = _head(points, HEAD, HALF + 1)
    pen.svg.polygon(*head, fill=ground, stroke=brush.stroke, stroke_width=1.3, stroke_linejoin="round")
    if line.edge.message_visible_kind:
        x, y = halfway(points)
        grey = line.edge.message_visible_kind == "non_initiating"
        fill = pen.colours["grey-soft"] if grey else ground
        pen.svg.add("rect", x=x - 12, y=y - 8, width=24, height=16, fill=fill, stroke=brush.stroke, stroke_width=1.3)
        pen.svg.line((x - 12, y - 8), (x, y + 2), (x + 12, y - 8), stroke=brush.stroke, stroke_width=1.3)


def _association(pen: Pen, line: Line, brush: Brush) -> None:
    points, element = line.points, line.element
    direction = element.association_direction if isinstance(element, m.Association) else "One"
    _way(pen, points, brush, dashes="1.5 4")
    for wanted, way in ((("One", "Both"), points), (("Both",), points[::-1])):
        if direction in wanted:
            pen.svg.line(*_head(way, HEAD * 0.9, HALF + 1), stroke=brush.stroke, stroke_width=1.3)
