"""Which column each vertex stands in: loops are opened first, then every flow goes to the right."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from bpmn.layout.graph import Arc, Graph, Vertex

LEAST_ROW = 6

Outgoing = dict[Vertex, list[Arc]]


def assign_ranks(graph: Graph) -> None:
    outgoing, firm = _open_loops(graph)
    degree = dict.fromkeys(graph.vertices, 0)
    for arc in firm:
        degree[arc.target.leader] += 1
    roots = [each for each in graph.vertices if not degree[each]]
    order = _rise(roots, degree, outgoing)
    for vertex in roots:
        after = [arc.target.leader.rank for arc in outgoing[vertex]]
        if after:
            # What joins late begins late: no flow is longer than it must be.
            vertex.rank = max(min(after) - 1, 0)
    _settle(order, outgoing)
    _spread(graph, outgoing, roots)
    for vertex in graph.vertices:
        for glued in (*vertex.above, *vertex.below):
            glued.rank = vertex.rank


def _rise(roots: list[Vertex], degree: dict[Vertex, int], outgoing: Outgoing) -> list[Vertex]:
    order: list[Vertex] = []
    waiting = deque(roots)
    while waiting:
        vertex = waiting.popleft()
        order.append(vertex)
        for arc in outgoing[vertex]:
            target = arc.target.leader
            target.rank = max(target.rank, vertex.rank + 1)
            degree[target] -= 1
            if not degree[target]:
                waiting.append(target)
    return order


def _settle(order: list[Vertex], outgoing: Outgoing) -> None:
    """One that more flows leave than reach moves toward those it leads to."""
    reached: dict[Vertex, int] = {}
    for vertex in order:
        for arc in outgoing[vertex]:
            reached[arc.target.leader] = reached.get(arc.target.leader, 0) + 1
    for vertex in reversed(order):
        if len(outgoing[vertex]) > reached.get(vertex, 0) > 0:
            vertex.rank = max(vertex.rank, min(arc.target.leader.rank for arc in outgoing[vertex]) - 1)


def _spread(graph: Graph, outgoing: Outgoing, roots: list[Vertex]) -> None:
    """What nothing leads to or from stands beside the rest of its strip, in rows of some length."""
    alone = [each for each in roots if not outgoing[each]]
    if len(graph.vertices) == 1 or not alone:
        return
    single = set(alone)
    ends: dict[int, int] = {}
    for vertex in graph.vertices:
        if vertex not in single:
            ends[vertex.band] = max(ends.get(vertex.band, -1), vertex.rank)
    longest = max(int(len(alone) ** 0.5), LEAST_ROW)
    count: dict[int, int] = {}
    for vertex in alone:
        number = count[vertex.band] = count.get(vertex.band, -1) + 1
        vertex.rank = ends.get(vertex.band, -1) + 1 + number % longest


def _open_loops(graph: Graph) -> tuple[Outgoing, list[Arc]]:
    """Marks as turned every arc that leads back to where its way came from, walking from the beginnings."""
    leaving: Outgoing = {each: [] for each in graph.vertices}
    reached: set[Vertex] = set()
    for arc in graph.arcs:
        if not arc.soft:
            leaving[arc.source.leader].append(arc)
            if arc.source.leader is not arc.target.leader:
                reached.add(arc.target.leader)
    beginnings = [each for each in graph.vertices if each not in reached]
    on_the_way: dict[Vertex, bool] = {}
    for root in (*beginnings, *graph.vertices):
        if root not in on_the_way:
            _walk(root, leaving, on_the_way)
    firm = [arc for arc in graph.arcs if not arc.soft and not arc.turned]
    outgoing: Outgoing = {each: [] for each in graph.vertices}
    for arc in firm:
        outgoing[arc.source.leader].append(arc)
    return outgoing, firm


def _walk(root: Vertex, leaving: Outgoing, on_the_way: dict[Vertex, bool]) -> None:
    on_the_way[root] = True
    stack: list[tuple[Vertex, Iterable[Arc]]] = [(root, iter(leaving[root]))]
    while stack:
        vertex, arcs = stack[-1]
        for arc in arcs:
            target = arc.target.leader
            if target not in on_the_way:
                on_the_way[target] = True
                stack.append((target, iter(leaving[target])))
                break
            arc.turned = on_the_way[target]
        else:
            on_the_way[vertex] = False
            stack.pop()
