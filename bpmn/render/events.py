"""Events (10.4): one ring to start, two on the way, a thick one to end; filled where something is thrown."""

from __future__ import annotations

import math
from collections.abc import Callable

import bpmn.model as m
from bpmn.render.pen import Brush, Pen
from bpmn.render.scene import Figure

Signs = dict[type[m.EventDefinition], str]

# In a square of 36, as wide as an event usually is.
SIGNS: Signs = {
    m.ErrorEventDefinition: "M9.5 26.5L14 11.5L20.5 20L26.5 9.5L22 24.5L15.5 16Z",
    m.EscalationEventDefinition: "M18 8L25.5 26.5L18 19.5L10.5 26.5Z",
    m.SignalEventDefinition: "M18 8.5L27.5 24.5H8.5Z",
    m.LinkEventDefinition: "M8.5 15H19V10.5L28.5 18L19 25.5V21H8.5Z",
    m.CompensateEventDefinition: "M17 11V25L8 18ZM26.5 11V25L17.5 18Z",
    m.CancelEventDefinition: (
        "M11.5 8.8L18 15.3L24.5 8.8L27.2 11.5L20.7 18L27.2 24.5L24.5 27.2L18 20.7L11.5 27.2L8.8 24.5L15.3 18L8.8 11.5Z"
    ),
}
PENTAGON = "M18 8.5L27.5 15.4L23.9 26.5H12.1L8.5 15.4Z"
CROSS = "M15.5 8.5H20.5V15.5H27.5V20.5H20.5V27.5H15.5V20.5H8.5V15.5H15.5Z"


def draw(pen: Pen, figure: Figure) -> None:
    event = figure.element
    assert isinstance(event, m.Event)
    brush, box = pen.brush_of(figure), figure.box
    radius = min(box.width, box.height) / 2
    inner = isinstance(event, m.BoundaryEvent | m.IntermediateCatchEvent | m.IntermediateThrowEvent)
    dashes = "5 3" if _lets_go_on(event) else None
    width = max(brush.width, 3.5) if isinstance(event, m.EndEvent) else brush.width
    ring = {"fill": brush.fill, "stroke": brush.stroke, "stroke_dasharray": dashes}
    pen.svg.add("circle", cx=box.cx, cy=box.cy, r=radius, stroke_width=width, **ring)
    if inner:
        pen.svg.add("circle", cx=box.cx, cy=box.cy, r=radius - min(3.5, radius / 4), stroke_width=brush.width, **ring)
    scale = radius / 18
    pen.svg.open("g", transform=f"translate({box.cx - radius:.2f} {box.cy - radius:.2f}) scale({scale:.3f})")
    draw_sign(pen, event, _definitions(pen, event), brush)
    pen.svg.close("g")


def _lets_go_on(event: m.Event) -> bool:
    if isinstance(event, m.BoundaryEvent):
        return event.cancel_activity is False
    return isinstance(event, m.StartEvent) and event.is_interrupting is False


def _definitions(pen: Pen, event: m.Event) -> list[m.EventDefinition]:
    named = [pen.scene.definitions.resolve(ref) for ref in event.event_definition_refs]
    return [*event.event_definitions, *(each for each in named if isinstance(each, m.EventDefinition))]


def draw_sign(pen: Pen, event: m.Event, found: list[m.EventDefinition], brush: Brush) -> None:
    """The sign within the ring, in a square of 36."""
    throws = isinstance(event, m.ThrowEvent)
    if not found:
        return
    if len(found) > 1:
        parallel = isinstance(event, m.CatchEvent) and event.parallel_multiple
        outline(pen, CROSS if parallel else PENTAGON, brush, filled=throws)
        return
    kind = type(found[0])
    special = _SPECIAL.get(kind)
    if special is not None:
        special(pen, brush, throws)
    elif kind in SIGNS:
        outline(pen, SIGNS[kind], brush, filled=throws)


def outline(pen: Pen, path: str, brush: Brush, *, filled: bool = False, width: float = 1.3) -> None:
    pen.svg.add(
        "path",
        d=path,
        fill=brush.sign if filled else "none",
        stroke=brush.sign,
        stroke_width=width,
        stroke_linejoin="round",
        stroke_linecap="round",
    )


def envelope(pen: Pen, brush: Brush, filled: bool) -> None:
    """A message, in a square of 36."""
    ground, lines = (brush.sign, brush.fill) if filled else (brush.fill, brush.sign)
    pen.svg.add("path", d="M9 12H27V25H9Z", fill=ground, stroke=brush.sign, stroke_width=1.3)
    pen.svg.add("path", d="M9 12L18 19.5L27 12", fill="none", stroke=lines, stroke_width=1.3)


def _clock(pen: Pen, brush: Brush, throws: bool) -> None:
    pen.svg.add("circle", cx=18, cy=18, r=10.5, fill=brush.fill, stroke=brush.sign, stroke_width=1.3)
    ticks = []
    for hour in range(12):
        x, y = math.sin(hour * math.pi / 6), math.cos(hour * math.pi / 6)
        ticks.append(f"M{18 + x * 8.3:.2f} {18 - y * 8.3:.2f}L{18 + x * 10.2:.2f} {18 - y * 10.2:.2f}")
    outline(pen, "".join(ticks), brush, width=1)
    outline(pen, "M20.5 10.5L18 18L23.5 19", brush)


def _sheet(pen: Pen, brush: Brush, throws: bool) -> None:
    outline(pen, "M11 9H25V27H11ZM13.5 12.5H22.5M13.5 16.2H22.5M13.5 19.9H22.5M13.5 23.5H22.5", brush, width=1.2)


def _disc(pen: Pen, brush: Brush, throws: bool) -> None:
    pen.svg.add("circle", cx=18, cy=18, r=10, fill=brush.sign)


_SPECIAL: dict[type[m.EventDefinition], Callable[[Pen, Brush, bool], None]] = {
    m.MessageEventDefinition: envelope,
    m.TimerEventDefinition: _clock,
    m.ConditionalEventDefinition: _sheet,
    m.TerminateEventDefinition: _disc,
}
