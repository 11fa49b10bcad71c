"""What draws: the picture so far, the colours, and text set in lines."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bpmn.model.diagram import BPMNLabel, BPMNShape, DiagramElement
from bpmn.render import lettering, theme
from bpmn.render.geometry import Box
from bpmn.render.marks import LOOKS, Mark
from bpmn.render.scene import Figure, Scene
from bpmn.render.svg import Svg, Value

INSIDE, OUTSIDE, SMALLEST = 12.0, 11.0, 9.0


class Brush(NamedTuple):
    """How one element is painted: `ink` for text, `sign` for what is drawn inside, `width` of a usual line."""

    fill: str
    stroke: str
    ink: str
    width: float
    sign: str


class Pen:
    def __init__(self, scene: Scene, colours: Mapping[str, str], marks: Mapping[str, Mark] | None) -> None:
        self.svg = Svg()
        self.scene = scene
        self.colours = colours
        self._marks = marks
        self.reach: Box | None = None

    def mark_of(self, id: str | None) -> Mark:
        return self._marks.get(id, {}) if self._marks and id else {}

    def brush(self, drawn: DiagramElement, id: str | None) -> Brush:
        """Marks win; a file's own colours are shown only where no marks give colours a meaning."""
        fill, stroke, ink, width = self.colours["shape"], self.colours["stroke"], self.colours["text"], 1.5
        sign = None
        if self._marks is None:
            own_fill, own_stroke = theme.fill_of(drawn), theme.stroke_of(drawn)
            if own_fill is not None:
                # On a colour of the file's, the page's own might not be seen.
                fill, stroke, ink = own_fill, theme.BORDER, theme.ink_on(own_fill)
                sign = own_stroke or ink
            # A border in the colour of its fill would hide what kind of event it is.
            if own_stroke is not None and own_stroke != fill:
                stroke = own_stroke
            ink = self.own_ink(drawn.label if isinstance(drawn, BPMNShape) else None) or ink
        for marker in self.mark_of(id).get("markers", []):
            if marker in LOOKS:
                soft, strong, width = LOOKS[marker]
                fill = self.colours[soft] if soft else fill
                stroke = self.colours[strong]
        return Brush(fill, stroke, ink, width, sign or stroke)

    def own_ink(self, label: BPMNLabel | None) -> str | None:
        """A label's own colour was chosen for a light ground, and is taken only there."""
        return theme.text_of(label) if self._marks is None and self.colours is theme.THEMES["light"] else None

    def brush_of(self, figure: Figure) -> Brush:
        return self.brush(figure.shape, figure.element.id if figure.element is not None else None)

    def reached(self, box: Box) -> None:
        """The picture is as large as what is drawn."""
        self.reach = box if self.reach is None else self.reach.joined(box)

    def words(
        self,
        text: str | None,
        box: Box,
        ink: str,
        *,
        size: float = INSIDE,
        anchor: str = "middle",
        top: bool = False,
        below: float = -math.inf,
        weight: str | None = None,
    ) -> None:
        """Text wrapped into a box, in its middle or from its top, the smaller the less room there is.

        Not above `below`, if there is room beneath; what has no room at all ends in an ellipsis.
        """
        if not text or not text.strip():
            return
        lines = lettering.wrap(text, box.width, size, _most(box.height, size))
        while size > SMALLEST and (
            lines[-1].endswith(lettering.ELLIPSIS) or below + len(lines) * size * lettering.LEADING > box.bottom + 1
        ):
            size -= 1
            lines = lettering.wrap(text, box.width, size, _most(box.height, size))
        x = {"start": box.x, "middle": box.cx, "end": box.right}[anchor]
        height = len(lines) * size * lettering.LEADING
        y = box.y if top else max(box.cy - height / 2, min(below, box.bottom - height))
        self.lines(lines, x, y, ink, size=size, anchor=anchor, weight=weight)

    def lines(
        self,
        lines: Sequence[str],
        x: float,
        y: float,
        ink: str,
        *,
        size: float,
        anchor: str = "middle",
        weight: str | None = None,
        halo: bool = False,
    ) -> None:
        """Lines of text beneath each other, the first beginning at this height; a halo keeps lines off the letters."""
        around: dict[str, Value] = {}
        if halo:
            around = {"stroke": self.colours["shape"], "stroke_width": 3.0, "paint_order": "stroke"}
        for place, line in enumerate(lines):
            baseline = y + place * size * lettering.LEADING + size * 0.98
            self.svg.add(
                "text",
                line,
                x=x,
                y=baseline,
                font_size=size,
                text_anchor=None if anchor == "start" else anchor,
                fill=ink,
                font_weight=weight,
                **around,
            )

    def upright(self, text: str | None, box: Box, ink: str, *, size: float = INSIDE) -> None:
        """Text that runs from the bottom to the top, as in the head of a horizontal pool."""
        if not text or not text.strip():
            return
        lines = lettering.wrap(text, box.height - 4, size, _most(box.width, size))
        self.svg.open("g", transform=f"translate({box.cx:.2f} {box.cy:.2f}) rotate(-90)")
        self.lines(lines, 0, -len(lines) * size * lettering.LEADING / 2, ink, size=size)
        self.svg.close("g")


def _most(height: float, size: float) -> int:
    """How many lines have room."""
    return max(1, int((height + 2) // (size * lettering.LEADING)))
