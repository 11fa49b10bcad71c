"""Ways back go beneath what they pass; above it where they cross less there."""

from __future__ import annotations

from bpmn.layout.graph import Arc, Graph, Vertex
from bpmn.layout.ordering import order_layers, order_of, restore

# Each is tried by ordering all anew: worth it in drawings that a person looks at.
MOST_STEPS, MOST_TRIED = 600, 8


def lift_loops(graph: Graph, crossings: int) -> None:
    """Moves ways back to the upper side, one after the other, as long as it helps. `crossings` is what there are."""
    if sum(len(arc.path) for arc in graph.arcs) > MOST_STEPS:
        return
    loops = [arc for arc in graph.arcs if _can_lift(arc)]
    for arc in loops[:MOST_TRIED]:
        if not crossings:
            return
        kept = order_of(graph)
        for row in (arc.path[0], arc.path[-1]):
            _lift(row)
        now = order_layers(graph)
        if now < crossings:
            crossings = now
        else:
            restore(graph, kept)


def _can_lift(arc: Arc) -> bool:
    """Not from a border below, nor past what stands above its ends."""
    ends = arc.path[0], arc.path[-1]
    is_way_back = arc.turned and not arc.soft and not arc.source.is_row and len(arc.path) > 1
    return is_way_back and not any(each.leader.above for each in ends)


def _lift(row: Vertex) -> None:
    row.leader.below.remove(row)
    row.leader.above.append(row)
