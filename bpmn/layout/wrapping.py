"""A chain too long for a screen goes on in the row beneath, as text does."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bpmn.layout.graph import Arc, Graph
from bpmn.layout.ranks import assign_ranks

# A row as wide as a large screen; what is little longer stays one.
WIDE, TOO_WIDE = 2000.0, 2500.0
CHANNEL, ROW_HEIGHT, SHAPE = 44.0, 150.0, 1.8
STRETCH = (1.02, 1.06, 1.12, 1.2)
TURN = 22.0
# Above what a row begins with, for the way from the one before.
ROOM = 24.0


@dataclass(slots=True)
class Row:
    """A part of a graph. `bridge` leads on to the next row, and is an arc of neither."""

    graph: Graph
    bridge: Arc | None = None


def rows_of(graph: Graph, *, may_wrap: bool) -> list[Row]:
    """The graph, which has its ranks then, in rows; it is one row if it is short or nowhere a single flow wide."""
    assign_ranks(graph)
    widths = _widths(graph)
    total = sum(widths)
    if total <= TOO_WIDE or not may_wrap:
        return [Row(graph)]
    rows = math.ceil(total / max(WIDE, math.sqrt(total * ROW_HEIGHT * SHAPE)))
    bridges = _bridges(graph, len(widths))
    found: list[Arc] = []
    for stretch in STRETCH:
        # A little wider rather than a last row with next to nothing in it.
        found = _breaks(widths, bridges, total / rows * stretch)
        if len(found) < rows:
            break
    return _split(graph, found)


def _widths(graph: Graph) -> list[float]:
    widths = [0.0] * (max(each.rank for each in graph.vertices) + 1)
    for each in graph.vertices:
        widths[each.rank] = max(widths[each.rank], each.left + each.right)
    labels = [0.0] * len(widths)
    for arc in graph.arcs:
        rank = arc.source.leader.rank
        labels[rank] = max(labels[rank], arc.label_width)
    return [width + CHANNEL + label for width, label in zip(widths, labels, strict=True)]


def _bridges(graph: Graph, ranks: int) -> dict[int, Arc]:
    """By the rank they leave: flows that are all there is between a column and the next."""
    passing = [0] * (ranks + 1)
    by_rank: dict[int, Arc] = {}
    for arc in graph.arcs:
        first, last = sorted((arc.source.leader.rank, arc.target.leader.rank))
        passing[first] += 1
        passing[last] -= 1
        if last - first == 1 and not (arc.soft or arc.turned or arc.source.is_row):
            by_rank[first] = arc
    found: dict[int, Arc] = {}
    count = 0
    for rank in range(ranks):
        count += passing[rank]
        if count == 1 and rank in by_rank:
            found[rank] = by_rank[rank]
    return found


def _breaks(widths: list[float], bridges: dict[int, Arc], limit: float) -> list[Arc]:
    """Where rows end: at the last bridge within the limit, or the first after it."""
    breaks: list[Arc] = []
    start, last, at_last = 0.0, None, 0.0
    right = 0.0
    for rank, width in enumerate(widths):
        if last is not None and right + width - start > limit:
            breaks.append(last)
            start, last = at_last, None
        right += width
        if rank in bridges:
            last, at_last = bridges[rank], right
    return breaks


def _split(graph: Graph, breaks: list[Arc]) -> list[Row]:
    rows = [Row(Graph(band_space=graph.band_space), bridge) for bridge in (*breaks, None)]
    starts = [0, *(bridge.target.rank for bridge in breaks)]
    number: list[int] = []
    for row, start in enumerate(starts):
        end = starts[row + 1] if row + 1 < len(starts) else max(each.rank for each in graph.vertices) + 1
        number += [row] * (end - start)
    kept = set(breaks)
    for arc in graph.arcs:
        if arc not in kept:
            rows[number[arc.source.leader.rank]].graph.arcs.append(arc)
    for vertex in graph.vertices:
        row = number[vertex.rank]
        rows[row].graph.vertices.append(vertex)
        for each in vertex.unit:
            each.rank -= starts[row]
    return rows


def lead_on(bridge: Arc, right: float, middle: float, left: float) -> None:
    """The way from the end of a row to the beginning of the next, when both stand: back through the space between."""
    source, target = bridge.source, bridge.target.leader
    x, y = source.x + source.width / 2, source.y
    bridge.points = [
        (x, y),
        (right, y),
        (right, middle),
        (left, middle),
        (left, target.y),
        (target.x - target.width / 2, target.y),
    ]
    if bridge.label_width:
        bridge.label_at = (x + 8, y - bridge.label_height - 2)
