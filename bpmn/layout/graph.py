"""What is laid out: vertices with the room they take, arcs between them. No BPMN in here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

Point = tuple[float, float]


class Anchor(Protocol):
    """A point of a shape that a row is joined to, known when all stands."""

    @property
    def point(self) -> Point: ...


@dataclass(eq=False, slots=True)
class Beside:
    """A point measured from a vertex' centre."""

    vertex: Vertex
    dx: float
    dy: float

    @property
    def point(self) -> Point:
        return self.vertex.x + self.dx, self.vertex.y + self.dy


@dataclass(eq=False, slots=True)
class Vertex:
    """A node, or a row that keeps a way free past the nodes of a column.

    `left` to `bottom` is the room around the centre, names included; `width` and `height` are the shape's own.
    `above` and `below` stand in the same column, directly at this one, the nearest first.
    """

    width: float = 0.0
    height: float = 0.0
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    band: int = 0
    rank: int = 0
    x: float = 0.0
    y: float = 0.0
    is_row: bool = False
    is_diamond: bool = False
    host: Vertex | None = None
    above: list[Vertex] = field(default_factory=list)
    below: list[Vertex] = field(default_factory=list)
    place: int = 0
    anchor: Anchor | None = None
    content: Any = None

    @property
    def leader(self) -> Vertex:
        """The vertex that this one is glued to, or itself."""
        return self if self.host is None else self.host

    @property
    def unit(self) -> list[Vertex]:
        """All that is glued together, from top to bottom."""
        return [*reversed(self.above), self, *self.below]


@dataclass(eq=False, slots=True)
class Arc:
    """A way from one vertex to another. `path` are the vertices it passes, by rising rank; `points` its corners.

    `soft` arcs follow where the others put their ends. `turned`: the way goes against the ranks.
    """

    source: Vertex
    target: Vertex
    label_width: float = 0.0
    label_height: float = 0.0
    soft: bool = False
    turned: bool = False
    path: list[Vertex] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    label_at: Point | None = None
    content: Any = None


@dataclass(eq=False, slots=True)
class Graph:
    """`vertices` in the order of the file; `bands` how many strips lie above each other, `band_space` apart."""

    vertices: list[Vertex] = field(default_factory=list)
    arcs: list[Arc] = field(default_factory=list)
    express: list[Arc] = field(default_factory=list)
    layers: list[list[Vertex]] = field(default_factory=list)
    bands: int = 1
    band_space: float = 30.0
    least_band: float = 0.0
    strips: list[tuple[float, float]] = field(default_factory=list)

    def hops(self) -> list[tuple[Vertex, Vertex, Arc]]:
        """Each step of each way, from one column to the next."""
        return [(arc.path[i], arc.path[i + 1], arc) for arc in self.arcs for i in range(len(arc.path) - 1)]
