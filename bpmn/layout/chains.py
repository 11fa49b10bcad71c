"""The way of each arc through the columns between its ends, a row in each of them."""

from __future__ import annotations

from bpmn.layout.graph import Arc, Graph, Vertex

ROW = 7.0
ROWS_PER_VERTEX, FREE_ROWS = 3, 2000


def lay_chains(graph: Graph) -> None:
    """Gives every arc its `path`. Where there would be too many rows, the longest arcs go round the whole drawing."""
    arcs = sorted(graph.arcs, key=_span)
    left = ROWS_PER_VERTEX * len(graph.vertices) + FREE_ROWS
    kept: set[Arc] = set()
    for arc in arcs:
        left -= _span(arc)
        if left < 0 and _span(arc) > 2:
            graph.express.append(arc)
        else:
            kept.add(arc)
    graph.arcs = [arc for arc in graph.arcs if arc in kept]
    for arc in sorted((each for each in graph.arcs if each.turned), key=_span):
        _turn(arc)
    for arc in graph.arcs:
        if arc.soft and arc.source.rank > arc.target.rank:
            arc.turned = True
        first, last = (arc.target, arc.source) if arc.turned else (arc.source, arc.target)
        if arc.turned and not arc.soft:
            first, last = arc.path[0], arc.path[-1]
        arc.path = [first, *_rows(arc, first, last)]
        if last.rank > first.rank:
            arc.path.append(last)
    graph.layers = [[] for _ in range(max((each.rank for each in graph.vertices), default=-1) + 1)]
    for vertex in graph.vertices:
        graph.layers[vertex.rank].append(vertex)
    for arc in graph.arcs:
        for row in arc.path[1:]:
            if row.is_row and row.host is None:
                graph.layers[row.rank].append(row)


def _span(arc: Arc) -> int:
    return abs(arc.source.rank - arc.target.rank)


def _turn(arc: Arc) -> None:
    """A way back leaves and arrives below its ends, in rows of their columns."""
    end = arc.target.leader
    start = arc.source if arc.source.is_row else _glue(arc.source, arc)
    if start.leader is end:
        arc.path = [start]
        return
    arc.path = [_glue(end, arc, labelled=False), start]


def _glue(vertex: Vertex, arc: Arc, *, labelled: bool = True) -> Vertex:
    label = arc.label_height + 3 if labelled and arc.label_height else 0
    row = Vertex(top=max(ROW, label), bottom=ROW, band=vertex.band, rank=vertex.rank, is_row=True, host=vertex)
    if labelled:
        row.left = arc.label_width + 12
    vertex.below.append(row)
    return row


def _rows(arc: Arc, first: Vertex, last: Vertex) -> list[Vertex]:
    """Branches part early and join late: beside a fork a way already runs in the strip it leads to."""
    forks = len(arc.source.leader.below) > 0 or arc.source.is_diamond
    band = arc.target.band if forks and not arc.turned else arc.source.band
    rows = []
    for rank in range(first.rank + 1, last.rank):
        label = arc.label_height + 3 if rank == first.rank + 1 and not arc.turned else 0
        rows.append(Vertex(top=max(ROW, label), bottom=ROW, band=band, rank=rank, is_row=True))
    return rows
