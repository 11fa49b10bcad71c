"""One graph laid out from left to right in columns, after Sugiyama."""

from __future__ import annotations

from bpmn.layout.chains import lay_chains
from bpmn.layout.columns import Columns
from bpmn.layout.graph import Graph
from bpmn.layout.loops import lift_loops
from bpmn.layout.ordering import order_layers
from bpmn.layout.ranks import assign_ranks
from bpmn.layout.routes import route
from bpmn.layout.rows import assign_rows


def lay_out(graph: Graph) -> tuple[float, float]:
    """Places every vertex and arc; the width and height of it all. Time grows little more than the graph does."""
    assign_ranks(graph)
    return lay_out_ranked(graph)


def lay_out_ranked(graph: Graph) -> tuple[float, float]:
    """The same for one whose vertices have their columns."""
    lay_chains(graph)
    lift_loops(graph, order_layers(graph))
    assign_rows(graph)
    columns = Columns(graph)
    width = columns.assign()
    route(graph, columns)
    return width, columns.floor + (20 if graph.express else 0)
