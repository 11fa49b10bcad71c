"""Who stands above whom in a column, so that few ways cross: each goes to the middle of those it is joined to."""

from __future__ import annotations

from collections.abc import Sequence

from bpmn.layout.graph import Beside, Graph, Vertex

Links = dict[Vertex, list[Vertex]]
Order = list[list[tuple[Vertex, list[Vertex], list[Vertex]]]]
SWEEPS, WORK = 16, 400_000
BEGINNINGS = ((0, False), (1, False), (0, True), (1, True))
# Of so many vertices and steps one beginning is enough: nobody sees the whole of it.
MANY_SWEPT = 2000


def order_layers(graph: Graph) -> int:
    """Sorts the units of each layer, and gives how many ways cross then; `place` is a vertex' position from the top.

    What is best from one beginning may be bad from another: sweeping starts from either side, and upside down.
    """
    before, after = _links(graph)
    units = [[vertex for vertex in layer if vertex.host is None] for layer in graph.layers]
    for layer in units:
        layer.sort(key=_band)
    _number(units)
    size = sum(len(each) for each in before.values()) + len(graph.vertices) + 1
    sweeps = max(2, min(SWEEPS, WORK // size))
    start = best = _order(units)
    fewest = _crossings(units, after)
    for first, upside_down in BEGINNINGS if size < MANY_SWEPT else BEGINNINGS[:1]:
        _restore(units, start, upside_down=upside_down)
        for sweep in range(first, first + sweeps):
            if not fewest:
                break
            forward = sweep % 2 == 0
            for layer in units if forward else reversed(units):
                _sort(layer, before if forward else after)
                if not forward:
                    _sort_borders(layer, after)
            crossings = _crossings(units, after)
            if crossings < fewest:
                best, fewest = _order(units), crossings
    _restore(units, best)
    graph.layers = [[each for leader in layer for each in leader.unit] for layer in units]
    return fewest


def order_of(graph: Graph) -> Order:
    """Who stands above whom now, to come back to."""
    return _order([[vertex for vertex in layer if vertex.host is None] for layer in graph.layers])


def restore(graph: Graph, order: Order) -> None:
    units: list[list[Vertex]] = [[] for _ in order]
    _restore(units, order)
    graph.layers = [[each for leader in layer for each in leader.unit] for layer in units]


def _order(units: Sequence[Sequence[Vertex]]) -> Order:
    return [[(leader, list(leader.above), list(leader.below)) for leader in layer] for layer in units]


def _restore(units: list[list[Vertex]], order: Order, *, upside_down: bool = False) -> None:
    for layer, kept in zip(units, order, strict=True):
        for leader, above, below in kept:
            leader.above[:] = above
            leader.below[:] = below
            _hang(leader)
        leaders = [leader for leader, _, _ in kept]
        if upside_down:
            leaders.reverse()
            leaders.sort(key=_band)
        layer[:] = leaders
    _number(units)


def _sort_borders(layer: Sequence[Vertex], after: Links) -> None:
    """What hangs on a border and leads further up hangs further to the right."""
    for leader in layer:
        if len(leader.below) < 2:
            continue
        middles = {each: _middle(after[each]) for each in leader.below if each.anchor is not None and after.get(each)}
        sorted_rows = iter(sorted(middles, key=middles.__getitem__))
        leader.below[:] = [next(sorted_rows) if each in middles else each for each in leader.below]
        _hang(leader)
    _number_layer(layer)


def _hang(leader: Vertex) -> None:
    """The uppermost row belongs to the rightmost place on the border: so their ways do not cross."""
    hanging = [(each, each.anchor) for each in leader.below if isinstance(each.anchor, Beside)]
    places = sorted((anchor.dx for _, anchor in hanging), reverse=True)
    for (row, anchor), dx in zip(hanging, places, strict=True):
        row.right += dx - anchor.dx
        anchor.dx = dx


def _middle(neighbours: Sequence[Vertex]) -> float:
    return sum(each.place for each in neighbours) / len(neighbours)


def _band(vertex: Vertex) -> int:
    return vertex.band


def _links(graph: Graph) -> tuple[Links, Links]:
    before: Links = {}
    after: Links = {}
    for source, target, _ in graph.hops():
        after.setdefault(source, []).append(target)
        before.setdefault(target, []).append(source)
    return before, after


def _number(units: Sequence[Sequence[Vertex]]) -> None:
    for layer in units:
        _number_layer(layer)


def _number_layer(layer: Sequence[Vertex]) -> None:
    place = 0
    for leader in layer:
        for each in leader.unit:
            each.place = place
            place += 1


def _sort(layer: list[Vertex], links: Links) -> None:
    """By the middle of the neighbours in the column before; who has none there keeps its place."""
    middles: dict[Vertex, float] = {}
    for leader in layer:
        places = [other.place for each in leader.unit for other in links.get(each, ())]
        if places:
            middles[leader] = sum(places) / len(places)
    moving = sorted((each for each in layer if each in middles), key=lambda each: (each.band, middles[each]))
    if len(moving) == len(layer):
        layer[:] = moving
    else:
        _fill_gaps(layer, moving, middles)
    _number_layer(layer)


def _fill_gaps(layer: list[Vertex], moving: list[Vertex], middles: dict[Vertex, float]) -> None:
    by_band: dict[int, list[Vertex]] = {}
    for each in reversed(moving):
        by_band.setdefault(each.band, []).append(each)
    layer[:] = [by_band[each.band].pop() if each in middles else each for each in layer]


def _crossings(units: Sequence[Sequence[Vertex]], after: Links) -> int:
    """How many pairs of steps cross, counted with a tree of sums: never pair by pair."""
    count = 0
    for i, layer in enumerate(units[:-1]):
        size = sum(len(leader.above) + len(leader.below) + 1 for leader in units[i + 1]) + 1
        tree = [0] * (size + 1)
        seen = 0
        for leader in layer:
            for each in leader.unit:
                places = sorted(other.place for other in after.get(each, ()))
                for place in places:
                    count += seen - _sum_to(tree, place + 1)
                for place in places:
                    _add(tree, place + 1)
                seen += len(places)
    return count


def _sum_to(tree: list[int], place: int) -> int:
    total = 0
    while place > 0:
        total += tree[place]
        place -= place & -place
    return total


def _add(tree: list[int], place: int) -> None:
    while place < len(tree):
        tree[place] += 1
        place += place & -place
