"""Boxes and lines in a diagram's pixels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

from bpmn.model.diagram import Bounds, BPMNEdge
from bpmn.render.svg import Point

# A drawing is bounded, so that no file makes a picture of a billion pixels by one wrong coordinate.
FARTHEST = 10_000_000.0


class Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def cx(self) -> float:
        return self.x + self.width / 2

    @property
    def cy(self) -> float:
        return self.y + self.height / 2

    def around(self, margin: float) -> Box:
        return Box(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def joined(self, other: Box) -> Box:
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def holds(self, other: Box, slack: float = 0.5) -> bool:
        return (
            self.x <= other.x + slack
            and self.y <= other.y + slack
            and self.right >= other.right - slack
            and self.bottom >= other.bottom - slack
        )

    def overlaps(self, other: Box) -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def toward(self, point: Point) -> Point:
        """Where the way from the centre to a point leaves the box."""
        dx, dy = point[0] - self.cx, point[1] - self.cy
        if not dx and not dy:
            return self.cx, self.cy
        scale = min(
            self.width / 2 / abs(dx) if dx else math.inf,
            self.height / 2 / abs(dy) if dy else math.inf,
        )
        return self.cx + dx * min(scale, 1), self.cy + dy * min(scale, 1)


def box_of(bounds: Bounds | None) -> Box | None:
    """The box that a file gives, if it gives all of it."""
    if bounds is None:
        return None
    values = (bounds.x, bounds.y, bounds.width, bounds.height)
    known = [value for value in values if value is not None and math.isfinite(value) and abs(value) <= FARTHEST]
    if len(known) < 4 or known[2] < 0 or known[3] < 0:
        return None
    return Box(*known)


def waypoints_of(edge: BPMNEdge) -> list[Point]:
    """The points of an edge, each once in a row."""
    points: list[Point] = []
    for each in edge.waypoints:
        if each.x is None or each.y is None or not abs(each.x) <= FARTHEST or not abs(each.y) <= FARTHEST:
            continue
        if not points or points[-1] != (each.x, each.y):
            points.append((each.x, each.y))
    return points


def halfway(points: Sequence[Point]) -> Point:
    """The point in the middle of the whole way."""
    left = sum(math.dist(a, b) for a, b in itertools.pairwise(points)) / 2
    for a, b in itertools.pairwise(points):
        length = math.dist(a, b)
        if length and left <= length:
            return a[0] + (b[0] - a[0]) * left / length, a[1] + (b[1] - a[1]) * left / length
        left -= length
    return points[-1]


def middle(points: Sequence[Point]) -> Point:
    """The middle of the longest stretch: where a name is least in the way."""
    (ax, ay), (bx, by) = max(itertools.pairwise(points), key=lambda pair: math.dist(*pair))
    return (ax + bx) / 2, (ay + by) / 2
