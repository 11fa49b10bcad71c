"""Pools and lanes (9.3, 10.7), lying or standing."""

from __future__ import annotations

import bpmn.model as m
from bpmn.render.activities import PARALLEL
from bpmn.render.events import outline
from bpmn.render.geometry import Box
from bpmn.render.pen import Brush, Pen
from bpmn.render.scene import Figure

HEAD = 30.0


def draw_pool(pen: Pen, figure: Figure) -> None:
    box, brush, pool = figure.box, pen.brush_of(figure), figure.element
    _frame(pen, box, brush)
    name = getattr(pool, "name", None)
    multiplicity = pool.participant_multiplicity if isinstance(pool, m.Participant) else None
    if multiplicity is not None and (multiplicity.maximum is None or multiplicity.maximum > 1):
        pen.svg.open("g", transform=f"translate({box.cx - 7:.2f} {box.bottom - 18:.2f})")
        outline(pen, PARALLEL, brush, width=2)
        pen.svg.close("g")
    if not figure.holds:
        # A black box: nobody sees inside, and its name has all the room.
        if figure.horizontal or box.width > 60:
            pen.words(name, box.around(-4), brush.ink)
        else:
            pen.upright(name, box.around(-2), brush.ink)
    elif figure.horizontal:
        pen.svg.line((box.x + HEAD, box.y), (box.x + HEAD, box.bottom), stroke=brush.stroke, stroke_width=brush.width)
        pen.upright(name, Box(box.x, box.y, HEAD, box.height), brush.ink)
    else:
        pen.svg.line((box.x, box.y + HEAD), (box.right, box.y + HEAD), stroke=brush.stroke, stroke_width=brush.width)
        pen.words(name, Box(box.x, box.y, box.width, HEAD), brush.ink)


def draw_lane(pen: Pen, figure: Figure) -> None:
    box, brush = figure.box, pen.brush_of(figure)
    _frame(pen, box, brush)
    name = getattr(figure.element, "name", None)
    if figure.horizontal:
        pen.upright(name, Box(box.x, box.y, HEAD, box.height), brush.ink)
    else:
        pen.words(name, Box(box.x, box.y, box.width, HEAD), brush.ink)


def _frame(pen: Pen, box: Box, brush: Brush) -> None:
    pen.svg.add(
        "rect",
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        fill=brush.fill,
        stroke=brush.stroke,
        stroke_width=brush.width,
    )
