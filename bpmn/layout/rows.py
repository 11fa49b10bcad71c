"""How high each vertex stands: ways are drawn straight where they can, in strips (lanes) that lie above each other."""

from __future__ import annotations

import itertools

from bpmn.layout.graph import Graph, Vertex

GAP, NARROW, GLUED, LINKED = 26.0, 8.0, 6.0, 18.0
PASSES = 6

Block = list[Vertex]


def assign_rows(graph: Graph) -> None:
    """Sets `y`, and `strips`: where each band begins and ends."""
    blocks = _aligned(graph)
    block_of = {vertex: block for block in blocks for vertex in block}
    number = {id(block): i for i, block in enumerate(blocks)}
    above: list[list[tuple[int, float]]] = [[] for _ in blocks]
    below: list[list[tuple[int, float]]] = [[] for _ in blocks]
    for layer in graph.layers:
        for upper, lower in itertools.pairwise(layer):
            if upper.band == lower.band:
                a, b, space = number[id(block_of[upper])], number[id(block_of[lower])], _space(upper, lower)
                below[a].append((b, space))
                above[b].append((a, space))
    order = _from_top(above, below)
    heights = [0.0] * len(blocks)
    for each in order:
        heights[each] = max((heights[other] + space for other, space in above[each]), default=blocks[each][0].top)
    pulls = _pulls(graph, block_of, number)
    for turn in range(PASSES):
        for each in reversed(order) if turn % 2 == 0 else order:
            _pull(each, heights, pulls[each], above[each], below[each])
    for block, height in zip(blocks, heights, strict=True):
        for vertex in block:
            vertex.y = height
    _stack(graph)


def _space(upper: Vertex, lower: Vertex) -> float:
    if upper.leader is lower.leader:
        # A row is a line, and what stands above a node is joined to it by one that wants to be seen.
        gap = GLUED if upper.is_row or lower.is_row else LINKED
    elif upper.is_row or lower.is_row:
        gap = NARROW
    else:
        gap = GAP
    return upper.bottom + gap + lower.top


def _aligned(graph: Graph) -> list[Block]:
    """Vertices that stand on one line: each joins the middle one of those before it, if that crosses nothing.

    A way through several columns has the first right to be straight, as in Brandes and Köpf.
    """
    before: dict[Vertex, list[Vertex]] = {}
    for source, target, arc in graph.hops():
        if source.band == target.band and not arc.soft:
            before.setdefault(target, []).append(source)
    block_of: dict[Vertex, Block] = {}
    taken: set[Vertex] = set()
    for layer in graph.layers:
        barred = _barred(layer, before)
        last = -1
        for vertex in layer:
            block_of[vertex] = [vertex]
            found = sorted(before.get(vertex, ()), key=lambda each: each.place)
            for each in _middles(found):
                if each.place > last and each not in taken and (each, vertex) not in barred:
                    last = each.place
                    taken.add(each)
                    block = block_of[each]
                    block.append(vertex)
                    block_of[vertex] = block
                    break
    unique: dict[int, Block] = {id(block): block for block in block_of.values()}
    return list(unique.values())


def _middles(found: list[Vertex]) -> list[Vertex]:
    return found[(len(found) - 1) // 2 : len(found) // 2 + 1]


def _barred(layer: list[Vertex], before: dict[Vertex, list[Vertex]]) -> set[tuple[Vertex, Vertex]]:
    """Steps that would cross a way passing through both columns."""
    barred: set[tuple[Vertex, Vertex]] = set()
    low, start = -1, 0
    for place, vertex in enumerate(layer):
        through = next((each for each in before.get(vertex, ()) if vertex.is_row and each.is_row), None)
        if through is None and place < len(layer) - 1:
            continue
        high = through.place if through is not None else 1 << 60
        for other in layer[start : place + 1]:
            for each in before.get(other, ()):
                if not low <= each.place <= high and not (other.is_row and each.is_row):
                    barred.add((each, other))
        start, low = place + 1, high
    return barred


def _from_top(above: list[list[tuple[int, float]]], below: list[list[tuple[int, float]]]) -> list[int]:
    missing = [len(each) for each in above]
    order = [each for each, count in enumerate(missing) if not count]
    for each in order:
        for other, _ in below[each]:
            missing[other] -= 1
            if not missing[other]:
                order.append(other)
    return order


def _pulls(graph: Graph, block_of: dict[Vertex, Block], number: dict[int, int]) -> list[list[int]]:
    pulls: list[list[int]] = [[] for _ in number]
    for source, target, arc in graph.hops():
        a, b = number[id(block_of[source])], number[id(block_of[target])]
        if a != b and source.band == target.band and not arc.soft:
            pulls[a].append(b)
            pulls[b].append(a)
    return pulls


def _pull(
    each: int,
    heights: list[float],
    pulls: list[int],
    above: list[tuple[int, float]],
    below: list[tuple[int, float]],
) -> None:
    """Moves a block toward the middle of those it is joined to, as far as its neighbours let it."""
    if not pulls:
        return
    wanted = sorted(heights[other] for other in pulls)
    goal = wanted[(len(wanted) - 1) // 2]
    if goal > heights[each]:
        room = min((heights[other] - space for other, space in below), default=goal)
        heights[each] = max(heights[each], min(goal, room))
    else:
        room = max((heights[other] + space for other, space in above), default=goal)
        heights[each] = min(heights[each], max(goal, room))


def _stack(graph: Graph) -> None:
    tops: dict[int, float] = {}
    bottoms: dict[int, float] = {}
    for layer in graph.layers:
        for each in layer:
            tops[each.band] = min(tops.get(each.band, each.y - each.top), each.y - each.top)
            bottoms[each.band] = max(bottoms.get(each.band, each.y + each.bottom), each.y + each.bottom)
    shifts: list[float] = []
    start = 0.0
    for band in range(graph.bands):
        height = max(bottoms.get(band, 0.0) - tops.get(band, 0.0), graph.least_band)
        spare = height - (bottoms.get(band, 0.0) - tops.get(band, 0.0))
        shifts.append(start + graph.band_space / 2 + spare / 2 - tops.get(band, 0.0))
        graph.strips.append((start, start + height + graph.band_space))
        start += height + graph.band_space
    for layer in graph.layers:
        for each in layer:
            each.y += shifts[each.band]
