"""What stands on top of a drawing: counted discs and badges, and behind it, heat."""

from __future__ import annotations

import bpmn.model as m
from bpmn.render.geometry import Box
from bpmn.render.lettering import width_of
from bpmn.render.marks import DISCS, SIGNS, Disc
from bpmn.render.pen import Pen
from bpmn.render.scene import Figure, Line

RADIUS = 12.0
LETTERS = 12.0


def heat(pen: Pen, figure: Figure) -> None:
    """A glow behind a shape, the stronger the hotter."""
    id = figure.element.id if figure.element is not None else None
    share = min(max(float(pen.mark_of(id).get("heat", 0.0)), 0.0), 1.0)
    if not share:
        return
    glow = figure.box.around(6 + 8 * share)
    pen.svg.add(
        "rect",
        x=glow.x,
        y=glow.y,
        width=glow.width,
        height=glow.height,
        rx=16,
        fill=pen.colours["amber"],
        fill_opacity=0.12 + 0.43 * share,
    )


def of_figure(pen: Pen, figure: Figure) -> None:
    """At the corner; beside a gateway's lower edge, where no name is written."""
    box = figure.box
    if isinstance(figure.element, m.Gateway):
        _row(pen, figure.element.id, box.right, box.bottom, 1)
    elif figure.element is not None:
        _row(pen, figure.element.id, box.right, box.y, -1)


def of_line(pen: Pen, line: Line) -> None:
    if line.element is not None:
        x, y = line.points[0]
        _row(pen, line.element.id, x + RADIUS, y, 1)


def _row(pen: Pen, id: str | None, x: float, y: float, step: int) -> None:
    for disc in pen.mark_of(id).get("discs", []):
        width = _draw(pen, disc, x, y)
        x += step * (width + 2)


def _draw(pen: Pen, disc: Disc, x: float, y: float) -> float:
    """One disc around this point; its width."""
    text, sign = disc.get("text", ""), disc.get("sign", "")
    kind = next((each for each in reversed(disc.get("kind", [])) if each in DISCS), "token")
    fill, ink = (pen.colours[each] for each in DISCS[kind])
    width = max(2 * RADIUS, width_of(text, LETTERS) + RADIUS)
    box = Box(x - width / 2, y - RADIUS, width, 2 * RADIUS)
    pen.reached(box)
    pen.svg.open("g")
    if disc.get("title"):
        pen.svg.add("title", disc["title"])
    pen.svg.add(
        "rect",
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        rx=RADIUS,
        fill=fill,
        stroke=pen.colours["shape"],
        stroke_width=2,
    )
    if sign in SIGNS:
        pen.svg.open("g", transform=f"translate({x - 8:.2f} {y - 8:.2f}) scale(0.667)")
        pen.svg.add("path", d=SIGNS[sign], fill="none", stroke=ink, stroke_width=2.6, stroke_linecap="round")
        pen.svg.close("g")
    else:
        pen.words(text, box, ink, size=LETTERS, weight="700")
    pen.svg.close("g")
    return width
