"""One container's content placed: graph by graph, then shapes, names and ways as they are drawn."""

from __future__ import annotations

import math
from collections.abc import Set

import bpmn.model as m
from bpmn.layout.drawing import Drawing, Placed, Way
from bpmn.layout.graph import Arc, Graph, Vertex
from bpmn.layout.layered import lay_out, lay_out_ranked
from bpmn.layout.notes import draw_near
from bpmn.layout.scope import GATEWAY_NAME, Container, Scope
from bpmn.layout.sizes import EVENT, text_size
from bpmn.layout.strips import HEAD, Strips
from bpmn.layout.wrapping import ROOM, TURN, Row, lead_on, rows_of
from bpmn.render.geometry import Box

PAD = 30.0
APART = 24.0
LEAST_WIDTH = 600.0


def place(
    definitions: m.Definitions, container: Container, inner: dict[int, Drawing], messaged: Set[int], *, in_pool: bool
) -> Drawing:
    """The container's content, beginning at 0, 0. In a pool, or with lanes, it is as wide and high as its frame."""
    scope = Scope(definitions, container, inner, messaged)
    strips = Strips(definitions, container.lane_sets if isinstance(container, m.Process | m.SubProcess) else [])
    drawing = Drawing()
    if strips.leaves:
        strips.assign(scope.graph)
        width, height = lay_out(scope.graph)
        shift = strips.depth * HEAD + PAD
        _collect(drawing, scope, scope.graph, shift, 0.0)
        drawing.width, drawing.height = shift + width + PAD, height
        framed = Drawing(drawing.width, drawing.height)
        strips.draw(framed, scope.graph.strips, 0.0, drawing.width)
        framed.add(drawing, 0.0, 0.0)
        drawing = framed
    else:
        _pack(drawing, scope, PAD if in_pool else 0.0)
    draw_near(drawing, scope.shelves)
    drawing.ways += scope.loose
    return drawing


def _pack(drawing: Drawing, scope: Scope, pad: float) -> None:
    """What is not joined lies beneath each other; single nodes in rows."""
    graphs = _parts(scope.graph)
    joined = [each for each in graphs if len(each.vertices) > 1]
    single = [each for each in graphs if len(each.vertices) == 1]
    y = pad
    for graph in joined:
        y += _draw_rows(drawing, scope, rows_of(graph, may_wrap=not scope.messaged), pad, y)
    sizes = [lay_out(graph) for graph in single]
    area = sum((width + APART) * height for width, height in sizes)
    x, row, limit = 0.0, 0.0, max(drawing.width, LEAST_WIDTH, 1.4 * math.sqrt(area))
    for graph, (width, height) in zip(single, sizes, strict=True):
        if x and x + width > limit:
            x, y, row = 0.0, y + row, 0.0
        _collect(drawing, scope, graph, pad + x, y)
        x += width + APART
        row = max(row, height)
        drawing.width = max(drawing.width, x - APART)
    drawing.width += 2 * pad
    drawing.height = y + row + pad


def _draw_rows(drawing: Drawing, scope: Scope, rows: list[Row], pad: float, top: float) -> float:
    """Beneath each other, each led on to the next; the height of all."""
    indent = TURN if len(rows) > 1 else 0.0
    y = top
    bridge: Arc | None = None
    right = 0.0
    for row in rows:
        y += ROOM if bridge is not None else 0
        width, height = lay_out_ranked(row.graph)
        _collect(drawing, scope, row.graph, pad + indent, y)
        if bridge is not None:
            lead_on(bridge, right, y - ROOM / 2, pad)
            _draw_ways(drawing, scope, [bridge])
        bridge = row.bridge
        y += height
        if bridge is not None:
            width += max(TURN, bridge.label_width + 16)
            right = pad + indent + width
        drawing.width = max(drawing.width, indent + width)
    return y - top


def _parts(graph: Graph) -> list[Graph]:
    """The graph's connected parts, in the order of the file; event sub-processes, which nothing leads to, come last."""
    beside: dict[Vertex, list[Vertex]] = {each: [] for each in graph.vertices}
    for arc in graph.arcs:
        beside[arc.source.leader].append(arc.target.leader)
        beside[arc.target.leader].append(arc.source.leader)
    part: dict[Vertex, int] = {}
    parts: list[Graph] = []
    for vertex in graph.vertices:
        if vertex in part:
            continue
        waiting = [vertex]
        part[vertex] = len(parts)
        while waiting:
            for other in beside[waiting.pop()]:
                if other not in part:
                    part[other] = len(parts)
                    waiting.append(other)
        parts.append(Graph(band_space=APART))
    for vertex in graph.vertices:
        parts[part[vertex]].vertices.append(vertex)
    for arc in graph.arcs:
        parts[part[arc.source.leader]].arcs.append(arc)
    return sorted(parts, key=_is_event_sub_process)


def _is_event_sub_process(graph: Graph) -> bool:
    return all(
        isinstance(each.content, m.SubProcess) and bool(each.content.triggered_by_event) for each in graph.vertices
    )


def _collect(drawing: Drawing, scope: Scope, graph: Graph, dx: float, dy: float) -> None:
    """What a graph has placed, moved to where it lies in the drawing."""
    for layer in graph.layers:
        for vertex in layer:
            vertex.x += dx
            vertex.y += dy
    for vertex in graph.vertices:
        _draw_vertex(drawing, scope, vertex)
    arcs = [*graph.arcs, *graph.express]
    for arc in arcs:
        arc.points = [(x + dx, y + dy) for x, y in arc.points]
        if arc.label_at:
            arc.label_at = arc.label_at[0] + dx, arc.label_at[1] + dy
    _draw_ways(drawing, scope, arcs)


def _draw_ways(drawing: Drawing, scope: Scope, arcs: list[Arc]) -> None:
    for arc in arcs:
        label = Box(*arc.label_at, arc.label_width, arc.label_height) if arc.label_at else None
        drawing.ways.append(Way(arc.content.element if arc.soft else arc.content, arc.points, label))
    _draw_ways_to_flows(drawing, scope, arcs)


def _draw_vertex(drawing: Drawing, scope: Scope, vertex: Vertex) -> None:
    box = Box(vertex.x - vertex.width / 2, vertex.y - vertex.height / 2, vertex.width, vertex.height)
    node = vertex.content
    drawing.shapes.append(Placed(node, box, _label(scope, vertex, box), scope.inner.get(id(node))))
    for event, row in scope.on_border.get(vertex, ()):
        assert row.anchor is not None
        x, bottom = row.anchor.point
        size = text_size(event.name)
        label = Box(x + 5, row.y - size.height - 3, *size) if size.height else None
        drawing.shapes.append(Placed(event, Box(x - EVENT / 2, bottom - EVENT, EVENT, EVENT), label))
    for shelf in vertex.above:
        for item, _ in shelf.content or ():
            drawing.shapes.append(Placed(item.element, item.box, item.label_box))


def _label(scope: Scope, vertex: Vertex, box: Box) -> Box | None:
    node = vertex.content
    size = text_size(getattr(node, "name", None))
    if not size.height:
        return None
    if isinstance(node, m.Event):
        if vertex.below:
            # A way back reaches it from beneath.
            return Box(box.cx + EVENT / 2 + 3, box.bottom - 8, *size)
        if id(node) in scope.messaged:
            # A message may come from beneath as well.
            return Box(box.cx + 6, box.bottom + 3, *size)
        return Box(box.cx - size.width / 2, box.bottom + 4, *size)
    if isinstance(node, m.Gateway):
        # Left of the upper corner: what leaves at a corner does not touch it.
        return Box(box.cx - 9 - size.width, box.y + GATEWAY_NAME - size.height, *size)
    if isinstance(node, m.DataObject | m.DataObjectReference | m.DataStoreReference):
        return Box(box.right + 5, box.cy - size.height / 2, *size)
    return None


def _draw_ways_to_flows(drawing: Drawing, scope: Scope, arcs: list[Arc]) -> None:
    """From a note down to the first stretch of the flow it belongs to."""
    points: dict[int, Arc] = {id(arc.content): arc for arc in arcs if not arc.soft}
    for link, item, flow in scope.shelves.to_flows:
        arc = points.get(id(flow))
        if arc is None or len(arc.points) < 2:
            continue
        (ax, ay), (bx, by) = arc.points[0], arc.points[1]
        way = [(item.box.cx, item.box.bottom), ((ax + bx) / 2, (ay + by) / 2)]
        drawing.ways.append(Way(link.element, way if link.source is item.element else way[::-1]))
