"""Artifacts (8.4.1): text annotations and groups."""

from __future__ import annotations

import bpmn.model as m
from bpmn.render.geometry import Box
from bpmn.render.pen import INSIDE, Pen
from bpmn.render.scene import Figure

BRACKET = 10.0


def draw_annotation(pen: Pen, figure: Figure) -> None:
    """An open bracket at the left of a text."""
    box, brush = figure.box, pen.brush_of(figure)
    pen.svg.line(
        (box.x + BRACKET, box.y),
        (box.x, box.y),
        (box.x, box.bottom),
        (box.x + BRACKET, box.bottom),
        stroke=brush.stroke,
        stroke_width=brush.width,
    )
    text = figure.element.text if isinstance(figure.element, m.TextAnnotation) else None
    room = Box(box.x + 6, box.y + 4, box.width - 10, max(box.height - 8, INSIDE))
    pen.words(text, room, brush.ink, anchor="start", top=True)


def draw_group(pen: Pen, figure: Figure) -> None:
    box, brush = figure.box, pen.brush_of(figure)
    pen.svg.add(
        "rect",
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        rx=10,
        fill="none",
        stroke=brush.stroke,
        stroke_width=brush.width,
        stroke_dasharray="8 3 1.5 3",
    )


def group_name(pen: Pen, element: m.BaseElement | None) -> str | None:
    """A group is called what its category's value says."""
    value = pen.scene.definitions.resolve(element.category_value_ref) if isinstance(element, m.Group) else None
    return value.value if isinstance(value, m.CategoryValue) else None
