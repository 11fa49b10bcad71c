"""Gateways (10.5): diamonds, each with its sign."""

from __future__ import annotations

import bpmn.model as m
from bpmn.render.events import PENTAGON, outline
from bpmn.render.pen import Brush, Pen
from bpmn.render.scene import Figure

# In a square of 50, as wide as a gateway usually is.
PLUS = "M25 13.5V36.5M13.5 25H36.5"
CROSS = "M18 16.5L32 33.5M32 16.5L18 33.5"
STAR = "M25 12.5V37.5M12.5 25H37.5M16 16L34 34M34 16L16 34"


def draw(pen: Pen, figure: Figure) -> None:
    box, brush = figure.box, pen.brush_of(figure)
    pen.svg.polygon(
        (box.cx, box.y),
        (box.right, box.cy),
        (box.cx, box.bottom),
        (box.x, box.cy),
        fill=brush.fill,
        stroke=brush.stroke,
        stroke_width=brush.width,
        stroke_linejoin="round",
    )
    scale = min(box.width, box.height) / 50
    pen.svg.open("g", transform=f"translate({box.cx - 25 * scale:.2f} {box.cy - 25 * scale:.2f}) scale({scale:.3f})")
    _sign(pen, figure, brush)
    pen.svg.close("g")


def _sign(pen: Pen, figure: Figure, brush: Brush) -> None:
    gateway = figure.element
    if isinstance(gateway, m.ParallelGateway):
        outline(pen, PLUS, brush, width=3.5)
    elif isinstance(gateway, m.InclusiveGateway):
        pen.svg.add("circle", cx=25, cy=25, r=11.5, fill="none", stroke=brush.sign, stroke_width=2.8)
    elif isinstance(gateway, m.ComplexGateway):
        outline(pen, STAR, brush, width=3)
    elif isinstance(gateway, m.EventBasedGateway):
        _event_based(pen, gateway, brush)
    elif isinstance(gateway, m.ExclusiveGateway) and figure.shape.is_marker_visible:
        outline(pen, CROSS, brush, width=3.5)


def _event_based(pen: Pen, gateway: m.EventBasedGateway, brush: Brush) -> None:
    """Two rings on the way, one to start a process; a cross where all the events are awaited."""
    pen.svg.add("circle", cx=25, cy=25, r=13.5, fill="none", stroke=brush.sign, stroke_width=1.2)
    if not gateway.instantiate:
        pen.svg.add("circle", cx=25, cy=25, r=11, fill="none", stroke=brush.sign, stroke_width=1.2)
    pen.svg.open("g", transform="translate(11.5 11.5) scale(0.75)")
    if gateway.event_gateway_type == "Parallel":
        outline(pen, "M18 9.5V26.5M9.5 18H26.5", brush, width=2.5)
    else:
        outline(pen, PENTAGON, brush, width=1.6)
    pen.svg.close("g")
