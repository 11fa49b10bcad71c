"""What is drawn where: shapes and edges, those of a container in pixels from its own corner."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import bpmn.model as m
from bpmn.layout.graph import Point
from bpmn.render.geometry import Box


@dataclass(slots=True)
class Placed:
    """A shape. `inner` is what is drawn inside it, beginning at its upper left corner.

    `band` says that it is a participant's in a choreography activity, and of which kind.
    """

    element: m.BaseElement
    box: Box
    label: Box | None = None
    inner: Drawing | None = None
    band: tuple[m.ChoreographyActivity, str] | None = None


@dataclass(slots=True)
class Way:
    """An edge with its corners; without any, it goes straight from shape to shape when all stand."""

    element: m.BaseElement
    points: list[Point]
    label: Box | None = None
    ends: tuple[m.BaseElement, m.BaseElement] | None = None


@dataclass(slots=True)
class Drawing:
    width: float = 0.0
    height: float = 0.0
    shapes: list[Placed] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)

    def add(self, other: Drawing, dx: float, dy: float) -> None:
        """Takes over another drawing, moved by so much."""
        self.shapes += [
            replace(p, box=_moved(p.box, dx, dy), label=p.label and _moved(p.label, dx, dy)) for p in other.shapes
        ]
        self.ways += [
            Way(w.element, [(x + dx, y + dy) for x, y in w.points], w.label and _moved(w.label, dx, dy), w.ends)
            for w in other.ways
        ]

    def flat(self) -> Drawing:
        """All that is inside shapes, too, in the pixels of this drawing; containers come before what they hold."""
        flat = Drawing(self.width, self.height)
        waiting = [(self, 0.0, 0.0)]
        while waiting:
            drawing, dx, dy = waiting.pop()
            start = len(flat.shapes)
            flat.add(drawing, dx, dy)
            for placed in flat.shapes[start:]:
                if placed.inner is not None:
                    waiting.append((placed.inner, placed.box.x, placed.box.y))
                    placed.inner = None
        return flat


def _moved(box: Box, dx: float, dy: float) -> Box:
    return box._replace(x=box.x + dx, y=box.y + dy)
