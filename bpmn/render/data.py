"""Data (10.4): objects, inputs, outputs and stores. Their names stand beneath them."""

from __future__ import annotations

import bpmn.model as m
from bpmn.render.events import outline
from bpmn.render.pen import Pen
from bpmn.render.scene import Figure

EAR = 0.3
ARROW = "M4 8.5H11V5L18 10.5L11 16V12.5H4Z"
COLLECTION = "M2 1V9M6 1V9M10 1V9"


def draw_object(pen: Pen, figure: Figure) -> None:
    """A sheet with a folded corner; an arrow says input or output, three bars that there are many."""
    box, brush, element = figure.box, pen.brush_of(figure), figure.element
    ear = min(box.width, box.height) * EAR
    pen.svg.add(
        "path",
        d=f"M{box.x:.2f} {box.y:.2f}H{box.right - ear:.2f}L{box.right:.2f} {box.y + ear:.2f}V{box.bottom:.2f}"
        f"H{box.x:.2f}ZM{box.right - ear:.2f} {box.y:.2f}V{box.y + ear:.2f}H{box.right:.2f}",
        fill=brush.fill,
        stroke=brush.stroke,
        stroke_width=brush.width,
        stroke_linejoin="round",
    )
    if isinstance(element, m.DataInput | m.DataOutput):
        pen.svg.open("g", transform=f"translate({box.x + 1:.2f} {box.y + 1:.2f})")
        outline(pen, ARROW, brush, filled=isinstance(element, m.DataOutput))
        pen.svg.close("g")
    if _is_collection(pen, element):
        pen.svg.open("g", transform=f"translate({box.cx - 6:.2f} {box.bottom - 12:.2f})")
        outline(pen, COLLECTION, brush, width=1.8)
        pen.svg.close("g")


def _is_collection(pen: Pen, element: m.BaseElement | None) -> bool:
    if isinstance(element, m.DataObjectReference):
        element = pen.scene.definitions.resolve(element.data_object_ref)
    return isinstance(element, m.DataObject | m.DataInput | m.DataOutput) and bool(element.is_collection)


def draw_store(pen: Pen, figure: Figure) -> None:
    """A drum with three rings."""
    box, brush = figure.box, pen.brush_of(figure)
    rise = min(box.height * 0.14, 12)
    top, foot = box.y + rise, box.bottom - rise
    lid = f"{_arc(box.right, box.x, top, -rise)}Z"
    body = f"M{box.x:.2f} {top:.2f}V{foot:.2f}{_arc(box.x, box.right, foot, rise)}V{top:.2f}{lid}"
    pen.svg.add("path", d=body, fill=brush.fill, stroke=brush.stroke, stroke_width=brush.width)
    rings = [top + each * rise * 0.55 for each in range(3)]
    path = "".join(f"M{box.x:.2f} {y:.2f}{_arc(box.x, box.right, y, rise)}" for y in rings)
    outline(pen, path, brush, width=brush.width)


def _arc(start: float, end: float, y: float, rise: float) -> str:
    """Half a ring from one side to the other, sagging by this much."""
    return f"C{start:.2f} {y + rise * 1.33:.2f} {end:.2f} {y + rise * 1.33:.2f} {end:.2f} {y:.2f}"


def draw_message(pen: Pen, figure: Figure) -> None:
    """The envelope on a message flow; the one that does not initiate is grey."""
    box, brush = figure.box, pen.brush_of(figure)
    fill = brush.fill if figure.shape.is_message_visible is not False else pen.colours["grey-soft"]
    pen.svg.add(
        "rect",
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        fill=fill,
        stroke=brush.stroke,
        stroke_width=brush.width,
    )
    pen.svg.line(
        (box.x, box.y),
        (box.cx, box.y + box.height * 0.6),
        (box.right, box.y),
        stroke=brush.stroke,
        stroke_width=brush.width,
    )
