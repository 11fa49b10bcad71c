"""Activities (10.3): tasks, sub-processes and calls, with the signs at their corner and lower edge."""

from __future__ import annotations

import math

import bpmn.model as m
from bpmn.render.events import draw_sign, outline
from bpmn.render.geometry import Box
from bpmn.render.pen import Brush, Pen
from bpmn.render.scene import Figure
from bpmn.render.task_signs import draw_task_sign

ROUND = 8.0
SIGN, CORNER = 14.0, 23.0

# Signs at the lower edge, each in a square of 14.
LOOP = "M5.2 11.6A5 5 0 1 1 9 11.6M5.4 8.4L5.2 11.8L1.9 11.9"
PARALLEL = "M3 2V12M7 2V12M11 2V12"
SEQUENTIAL = "M2 3H12M2 7H12M2 11H12"
COMPENSATION = "M6.8 2.2V11.8L1 7ZM13 2.2V11.8L7.2 7Z"
AD_HOC = "M1.5 9C2.5 4.5 5 4.2 7 6.8C9 9.4 11.5 9.4 12.5 5"
COLLAPSED = "M0.8 0.8H13.2V13.2H0.8ZM7 3.2V10.8M3.2 7H10.8"


def draw(pen: Pen, figure: Figure) -> None:
    activity, box, brush = figure.element, figure.box, pen.brush_of(figure)
    calls = isinstance(activity, m.CallActivity)
    by_event = isinstance(activity, m.SubProcess) and bool(activity.triggered_by_event)
    rounded(pen, box, brush, width=max(brush.width, 4) if calls else brush.width, dashes="2 4" if by_event else None)
    if isinstance(activity, m.Transaction):
        rounded(pen, box.around(-3), brush._replace(fill="none"), radius=ROUND - 2)
    signs = _signs(pen, figure)
    _draw_signs(pen, signs, box, brush)
    open_ = isinstance(activity, m.SubProcess | m.CallActivity) and figure.expanded
    called = pen.scene.definitions.resolve(activity.called_element) if isinstance(activity, m.CallActivity) else None
    draw_task_sign(pen, called or activity or m.Task(), box.x + 5, box.y + 4, brush)
    name = getattr(activity, "name", None)
    if open_:
        pen.words(name, Box(box.x + 8, box.y + 6, box.width - 16, 32), brush.ink, top=True, anchor="start")
        return
    if by_event and isinstance(activity, m.SubProcess):
        _trigger(pen, activity, box, brush)
    foot = SIGN + 2 if signs else 0
    inner = box.around(-5)
    room = Box(inner.x, inner.y, inner.width, inner.height - foot) if inner.height - foot >= 14 else inner
    below = box.y + CORNER if has_corner_sign(called or activity) else -math.inf
    pen.words(name, room, brush.ink, below=below)


def has_corner_sign(element: m.BaseElement | None) -> bool:
    return type(element) not in (m.Task, m.CallActivity, m.SubProcess, m.Transaction, m.AdHocSubProcess, type(None))


def rounded(
    pen: Pen,
    box: Box,
    brush: Brush,
    *,
    radius: float = ROUND,
    width: float | None = None,
    dashes: str | None = None,
) -> None:
    pen.svg.add(
        "rect",
        x=box.x,
        y=box.y,
        width=max(box.width, 0),
        height=max(box.height, 0),
        rx=radius,
        fill=brush.fill,
        stroke=brush.stroke,
        stroke_width=brush.width if width is None else width,
        stroke_dasharray=dashes,
    )


def _signs(pen: Pen, figure: Figure) -> list[str]:
    activity, found = figure.element, []
    if isinstance(activity, m.Activity):
        loop = activity.loop_characteristics
        if isinstance(loop, m.MultiInstanceLoopCharacteristics):
            found.append(SEQUENTIAL if loop.is_sequential else PARALLEL)
        elif loop is not None:
            found.append(LOOP)
        if activity.is_for_compensation:
            found.append(COMPENSATION)
    if isinstance(activity, m.AdHocSubProcess):
        found.append(AD_HOC)
    if _is_closed(pen, figure):
        found.append(COLLAPSED)
    return found


def _is_closed(pen: Pen, figure: Figure) -> bool:
    """Whether there is more to see inside; a call of a global task has nothing inside."""
    if isinstance(figure.element, m.CallActivity):
        called = pen.scene.definitions.resolve(figure.element.called_element)
        return not figure.expanded and not isinstance(called, m.GlobalTask)
    return isinstance(figure.element, m.SubProcess) and not figure.expanded


def _draw_signs(pen: Pen, signs: list[str], box: Box, brush: Brush) -> None:
    x = box.cx - (len(signs) * (SIGN + 4) - 4) / 2
    for path in signs:
        pen.svg.open("g", transform=f"translate({x:.2f} {box.bottom - SIGN - 3:.2f})")
        outline(pen, path, brush, width=2 if path in (PARALLEL, SEQUENTIAL) else 1.4)
        pen.svg.close("g")
        x += SIGN + 4


def _trigger(pen: Pen, sub_process: m.SubProcess, box: Box, brush: Brush) -> None:
    """A closed event sub-process shows at its corner what starts it."""
    start = next((each for each in sub_process.flow_elements if isinstance(each, m.StartEvent)), None)
    if start is None:
        return
    pen.svg.open("g", transform=f"translate({box.x + 4:.2f} {box.y + 4:.2f}) scale(0.55)")
    dashes = "5 3" if start.is_interrupting is False else None
    pen.svg.add("circle", cx=18, cy=18, r=17, fill="none", stroke=brush.stroke, stroke_dasharray=dashes)
    draw_sign(pen, start, start.event_definitions, brush)
    pen.svg.close("g")
