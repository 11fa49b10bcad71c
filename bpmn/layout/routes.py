"""The corners of each way, and where its name stands."""

from __future__ import annotations

from bpmn.layout.columns import SAME, Columns
from bpmn.layout.graph import Arc, Graph, Point, Vertex

SLOT, FIRST_SLOT = 12.0, 16.0


def route(graph: Graph, columns: Columns) -> None:
    """Sets `points` and `label_at` of every arc."""
    slots = _Slots()
    for arc in graph.arcs:
        if arc.soft:
            points = _soft(arc, columns)
        elif arc.turned:
            points = _turned(arc, columns, slots)
        else:
            points = _forward(arc, columns)
        arc.points = straightened(points)
    for arc in graph.express:
        arc.points = straightened(_round(arc, columns))
    _place_labels([*graph.arcs, *graph.express], columns)


class _Slots:
    """Where ways back leave and reach the lower edge of a shape: each at a place of its own, from the left."""

    def __init__(self) -> None:
        self._used: dict[Vertex, int] = {}

    def next(self, vertex: Vertex) -> float:
        used = self._used[vertex] = self._used.get(vertex, -1) + 1
        if vertex.is_diamond or vertex.width < 60:
            return vertex.x
        return vertex.x - vertex.width / 2 + min(FIRST_SLOT + used * SLOT, vertex.width / 2)


def _forward(arc: Arc, columns: Columns) -> list[Point]:
    points = _departure(arc)
    for i, (a, b) in enumerate(zip(arc.path, arc.path[1:], strict=False)):
        upright, corner = columns.uprights.get((arc, i)), columns.corners.get((arc, i))
        if upright is not None:
            points += [(upright.x, a.y), (upright.x, b.y)]
        elif corner is a:
            points = [(a.x, _edge(a, b.y)), (a.x, b.y)]
        elif corner is b:
            return [*points, (b.x, a.y), (b.x, _edge(b, a.y))]
    last = arc.path[-1]
    return [*points, (last.x - last.width / 2, last.y)]


def _edge(vertex: Vertex, y: float) -> float:
    """The height of the upper or lower edge, whichever is nearer to this height."""
    return vertex.y + (vertex.height / 2 if y > vertex.y else -vertex.height / 2)


def _departure(arc: Arc) -> list[Point]:
    first = arc.source
    if first.is_row and first.anchor is not None:
        start = first.anchor.point
        return [start, (start[0], first.y)]
    return [(first.x + first.width / 2, first.y)]


def _through(arc: Arc, columns: Columns) -> list[Point]:
    points: list[Point] = []
    for i, (a, b) in enumerate(zip(arc.path, arc.path[1:], strict=False)):
        upright = columns.uprights.get((arc, i))
        if upright is not None:
            points += [(upright.x, a.y), (upright.x, b.y)]
    return points


def _turned(arc: Arc, columns: Columns, slots: _Slots) -> list[Point]:
    """Back beneath the columns between: down from where it comes from, up to where it goes. Or above: up, and down."""
    end, row = arc.target.leader, arc.path[-1]
    if arc.source.is_row:
        start = _departure(arc)
    else:
        leader = arc.source
        x = slots.next(leader)
        start = [(x, _edge(leader, row.y)), (x, row.y)]
    x = slots.next(end)
    return [*start, *reversed(_through(arc, columns)), (x, arc.path[0].y), (x, _edge(end, arc.path[0].y))]


def _soft(arc: Arc, columns: Columns) -> list[Point]:
    """From one anchor up to its row, along, and down to the other."""
    assert arc.source.anchor is not None
    assert arc.target.anchor is not None
    start, end = arc.source.anchor.point, arc.target.anchor.point
    beside = columns.uprights.get((arc, -1))
    if beside is not None:
        way = [(beside.x, arc.source.y), (beside.x, arc.target.y)]
    else:
        way = _through(arc, columns)
        if arc.turned:
            way.reverse()
    return [start, (start[0], arc.source.y), *way, (end[0], arc.target.y), end]


def _round(arc: Arc, columns: Columns) -> list[Point]:
    """Beneath everything."""
    down, up = columns.uprights[arc, -1], columns.uprights[arc, -2]
    floor = down.right[0]
    target = arc.target
    if target.anchor is not None:
        end = target.anchor.point
        arrival = [(up.x, target.y), (end[0], target.y), end]
    else:
        arrival = [(up.x, target.y), (target.x - target.width / 2, target.y)]
    return [*_departure(arc), (down.x, arc.source.y), (down.x, floor), (up.x, floor), *arrival]


def _place_labels(arcs: list[Arc], columns: Columns) -> None:
    """Above the first level stretch of a way; where several arrive on one, above and beneath in turn."""
    seen: dict[Vertex, int] = {}
    for arc in arcs:
        if not arc.label_width:
            continue
        if arc.turned and arc.path:
            x = arc.points[0][0] if not arc.source.is_row else arc.source.x
            arc.label_at = (x - 6 - arc.label_width, arc.path[-1].y - arc.label_height - 2)
            continue
        if not arc.path:
            arc.label_at = (arc.points[0][0] + 4, arc.points[0][1] - arc.label_height - 2)
            continue
        row = arc.path[0] if columns.corners.get((arc, 0)) is arc.path[1] else arc.path[1]
        turn = seen[row] = seen.get(row, -1) + 1
        above = -(turn // 2 + 1) * (arc.label_height + 2)
        shift = above if turn % 2 == 0 else turn // 2 * (arc.label_height + 2) + 4
        arc.label_at = (columns.label_x[arc.path[0].rank], row.y + shift)


def straightened(points: list[Point]) -> list[Point]:
    """Without points that are no corners."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1][0] - point[0]) < SAME and abs(kept[-1][1] - point[1]) < SAME:
            continue
        while len(kept) > 1 and _level(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _level(a: Point, b: Point, c: Point) -> bool:
    return any(abs(a[axis] - b[axis]) < SAME and abs(b[axis] - c[axis]) < SAME for axis in (0, 1))
