"""Choreography activities (11.5) with their participants' bands, and conversations (9.5)."""

from __future__ import annotations

import bpmn.model as m
from bpmn.render.activities import COLLAPSED, LOOP, PARALLEL, ROUND, SEQUENTIAL, SIGN, rounded
from bpmn.render.events import outline
from bpmn.render.geometry import Box
from bpmn.render.pen import INSIDE, Pen
from bpmn.render.scene import Figure

LOOPS = {"Standard": LOOP, "MultiInstanceSequential": SEQUENTIAL, "MultiInstanceParallel": PARALLEL}


def draw_activity(pen: Pen, figure: Figure) -> None:
    activity, box, brush = figure.element, figure.box, pen.brush_of(figure)
    rounded(pen, box, brush, width=4 if isinstance(activity, m.CallChoreography) else None)
    name = getattr(activity, "name", None)
    bands = [each for each in pen.scene.figures if each.shape.participant_band_kind and _is_band_of(each, figure)]
    above = sum(each.box.height for each in bands if each.box.cy < box.cy)
    below = sum(each.box.height for each in bands if each.box.cy >= box.cy)
    room = Box(box.x + 6, box.y + above + 2, box.width - 12, max(box.height - above - below - 4, INSIDE))
    pen.words(name, room, brush.ink, top=figure.expanded and isinstance(activity, m.SubChoreography))
    signs = (
        [LOOPS[loop]]
        if isinstance(activity, m.ChoreographyActivity) and (loop := activity.loop_type or "") in LOOPS
        else []
    )
    if isinstance(activity, m.SubChoreography) and not figure.expanded:
        signs.append(COLLAPSED)
    for place, path in enumerate(signs):
        x = box.cx - len(signs) * SIGN / 2 + place * (SIGN + 3)
        pen.svg.open("g", transform=f"translate({x:.2f} {box.bottom - below - SIGN - 2:.2f})")
        outline(pen, path, brush)
        pen.svg.close("g")


def _is_band_of(band: Figure, activity: Figure) -> bool:
    """As the file says, or where it does not, by where it lies."""
    if band.shape.choreography_activity_shape:
        return band.shape.choreography_activity_shape == activity.shape.id
    box, other = activity.box, band.box
    beside = other.x >= box.right or other.right <= box.x
    return not beside and other.y >= box.y - 1 and other.bottom <= box.bottom + 1


def draw_band(pen: Pen, figure: Figure) -> None:
    """A participant in a choreography activity: white if it initiates, grey if not."""
    box, brush, kind = figure.box, pen.brush_of(figure), figure.shape.participant_band_kind or ""
    fill = pen.colours["grey-soft"] if kind.endswith("non_initiating") else brush.fill
    top, bottom = kind.startswith("top"), kind.startswith("bottom")
    a, b = (ROUND if top else 0), (ROUND if bottom else 0)
    path = (
        f"M{box.x:.2f} {box.y + a:.2f}q0 {-a} {a} {-a}H{box.right - a:.2f}q{a} 0 {a} {a}V{box.bottom - b:.2f}"
        f"q0 {b} {-b} {b}H{box.x + b:.2f}q{-b} 0 {-b} {-b}Z"
    )
    pen.svg.add("path", d=path, fill=fill, stroke=brush.stroke, stroke_width=brush.width)
    pen.words(getattr(figure.element, "name", None), box.around(-2), brush.ink)


def draw_conversation(pen: Pen, figure: Figure) -> None:
    """A hexagon."""
    box, brush = figure.box, pen.brush_of(figure)
    cut = min(box.width / 4, box.height / 2)
    pen.svg.polygon(
        (box.x + cut, box.y),
        (box.right - cut, box.y),
        (box.right, box.cy),
        (box.right - cut, box.bottom),
        (box.x + cut, box.bottom),
        (box.x, box.cy),
        fill=brush.fill,
        stroke=brush.stroke,
        stroke_width=4 if isinstance(figure.element, m.CallConversation) else brush.width,
    )
    if isinstance(figure.element, m.SubConversation):
        pen.svg.open("g", transform=f"translate({box.cx - 7:.2f} {box.bottom - 16:.2f})")
        outline(pen, COLLAPSED, brush)
        pen.svg.close("g")
