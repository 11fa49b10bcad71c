"""The sign in a task's corner that says who or what does it, in a square of 20."""

from __future__ import annotations

import math

import bpmn.model as m
from bpmn.render.events import envelope, outline
from bpmn.render.pen import Brush, Pen


def _cog(cx: float, cy: float, teeth: int, outer: float, inner: float) -> str:
    points = []
    for tooth in range(teeth):
        for share, radius in ((-0.42, inner), (-0.24, outer), (0.24, outer), (0.42, inner)):
            angle = (tooth + share) * 2 * math.pi / teeth
            points.append(f"{cx + radius * math.sin(angle):.2f} {cy - radius * math.cos(angle):.2f}")
    return "M" + "L".join(points) + "Z"


USER = "M3 18.5V16.5C3 13 6 11.6 10 11.6S17 13 17 16.5V18.5ZM6.2 18.5V15.8M13.8 18.5V15.8"
HAND = (
    "M2.5 9.2L7.2 4.4C8.2 3.6 9.4 4.6 8.7 5.7L7.4 7.4H16.3C17.9 7.4 17.9 9.4 16.3 9.4H11.5M16.8 9.4C18.2 9.4 18.2 11.6"
    " 16.6 11.6H11.5M16 11.6C17.3 11.6 17.2 13.7 15.8 13.7H11.5M15 13.7C16.2 13.7 16 15.7 14.8 15.7H5.2L2.5 14.2Z"
)
SCRIPT = (
    "M6 18H15.5C12.5 14.5 18.5 6.5 14.8 2H5.3C9 6.5 3 14.5 6 18ZM7 5.5H13.3M6.8 8.5H13.5M6.2 11.6H13.2M6.4 14.7H13.2"
)
TABLE = "M2.5 4H17.5V16.5H2.5ZM2.5 8H17.5M2.5 12.2H17.5M7.5 8V16.5"


def draw_task_sign(pen: Pen, task: m.BaseElement, x: float, y: float, brush: Brush) -> None:
    if isinstance(task, m.SendTask | m.ReceiveTask):
        _envelope(pen, task, x, y, brush)
        return
    pen.svg.open("g", transform=f"translate({x:.2f} {y:.2f})")
    if isinstance(task, m.UserTask | m.GlobalUserTask):
        outline(pen, USER, brush, width=1.1)
        pen.svg.add("circle", cx=10, cy=6.6, r=4.4, fill=brush.fill, stroke=brush.sign, stroke_width=1.1)
        outline(
            pen, "M5.8 5.8C8.2 6.6 9.6 4.4 10.2 3.8C11 5.4 13 6 14.2 5.8L12.6 2.9L10 2.2L7 3.2Z", brush, filled=True
        )
    elif isinstance(task, m.ManualTask | m.GlobalManualTask):
        outline(pen, HAND, brush, width=1.1)
    elif isinstance(task, m.ScriptTask | m.GlobalScriptTask):
        outline(pen, SCRIPT, brush, width=1.1)
    elif isinstance(task, m.BusinessRuleTask | m.GlobalBusinessRuleTask):
        pen.svg.add("rect", x=2.5, y=4, width=15, height=4, fill=brush.sign, fill_opacity=0.35)
        outline(pen, TABLE, brush, width=1.1)
    elif isinstance(task, m.ServiceTask):
        for cx, cy in ((7.5, 7.5), (12.5, 12.5)):
            path = _cog(cx, cy, 8, 6.5, 4.8)
            pen.svg.add("path", d=path, fill=brush.fill, stroke=brush.sign, stroke_width=1.1, stroke_linejoin="round")
            pen.svg.add("circle", cx=cx, cy=cy, r=2.1, fill=brush.fill, stroke=brush.sign, stroke_width=1.1)
    pen.svg.close("g")


def _envelope(pen: Pen, task: m.SendTask | m.ReceiveTask, x: float, y: float, brush: Brush) -> None:
    starts = isinstance(task, m.ReceiveTask) and bool(task.instantiate)
    if starts:
        pen.svg.add("circle", cx=x + 10, cy=y + 10, r=9.5, fill="none", stroke=brush.sign, stroke_width=1.1)
    scale = 0.7 if starts else 0.95
    pen.svg.open("g", transform=f"translate({x + 10 - 18 * scale:.2f} {y + 10 - 18.5 * scale:.2f}) scale({scale})")
    envelope(pen, brush, isinstance(task, m.SendTask))
    pen.svg.close("g")
