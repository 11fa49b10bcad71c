"""Conversations (9.5): each a hexagon between the participants who hold it, or beside their pools."""

from __future__ import annotations

import bpmn.model as m
from bpmn.layout.chains import ROW
from bpmn.layout.drawing import Drawing, Placed, Way
from bpmn.layout.graph import Arc, Beside, Graph, Vertex
from bpmn.layout.layered import lay_out
from bpmn.layout.sizes import Size, text_size
from bpmn.render.geometry import Box
from bpmn.render.lettering import width_of, wrap

WIDTH, HEIGHT = 60.0, 52.0
BOX_WIDTH, BOX_HEIGHT, LETTERS = 140.0, 70.0, 12.0
TRACK, BESIDE, APART = 16.0, 40.0, 30.0


def draw_conversations(collaboration: m.Collaboration, links: list[Way]) -> Drawing:
    """Participants of whom nothing inside is seen at the left and right, what they talk about in the middle.

    `links` are the conversation links and message flows, with their `ends`.
    """
    graph = Graph()
    vertices = {id(each): _hexagon(each) for each in collaboration.conversation_nodes}
    vertices |= {id(each): _box(each) for each in collaboration.participants}
    graph.vertices = list(vertices.values())
    at_left = _sides(collaboration, links)
    loose = []
    for way in links:
        source, target = _ends(way)
        start, end = vertices.get(id(source)), vertices.get(id(target))
        if start is None or end is None or start is end:
            loose.append(way)
            continue
        size = _name(way)
        if isinstance(way.element, m.MessageFlow):
            rows = _row_above(start, size.height), _row_above(end, size.height)
            graph.arcs.append(Arc(*rows, *size, soft=True, content=(way.element, False)))
            continue
        turned = id(target) in at_left or (id(source) not in at_left and isinstance(target, m.ConversationNode))
        first, last = (end, start) if turned else (start, end)
        graph.arcs.append(Arc(first, last, *size, content=(way.element, turned)))
    drawing = Drawing(*lay_out(graph))
    for vertex in graph.vertices:
        box = Box(vertex.x - vertex.width / 2, vertex.y - vertex.height / 2, vertex.width, vertex.height)
        drawing.shapes.append(Placed(vertex.content, box, _label(vertex.content, box)))
    for arc in (*graph.arcs, *graph.express):
        element, turned = arc.content
        label = Box(*arc.label_at, arc.label_width, arc.label_height) if arc.label_at else None
        drawing.ways.append(Way(element, arc.points[::-1] if turned else arc.points, label))
    drawing.ways += loose
    return drawing


def add_beside(collaboration: m.Collaboration, drawing: Drawing, links: list[Way]) -> None:
    """To pools that are drawn: the conversations at their right, each joined to its pools by ways of its own."""
    boxes = {id(each.element): each.box for each in drawing.shapes}
    right = max((each.box.right for each in drawing.shapes), default=0.0)
    by_node: dict[int, list[tuple[Way, Box]]] = {id(each): [] for each in collaboration.conversation_nodes}
    for way in links:
        node, other = sorted(_ends(way), key=lambda each: not isinstance(each, m.ConversationNode))
        box = boxes.get(id(other))
        if id(node) in by_node and isinstance(other, m.Participant) and box is not None:
            by_node[id(node)].append((way, box))
        else:
            drawing.ways.append(way)
    names = right + BESIDE + TRACK * len(by_node)
    x = names + max((_name(way).width + 8 for way in links), default=0.0)
    bottom = 0.0
    height = {key: sum(box.cy for _, box in found) / max(len(found), 1) for key, found in by_node.items()}
    for number, node in enumerate(sorted(collaboration.conversation_nodes, key=lambda each: height[id(each)])):
        found = by_node[id(node)]
        place = Box(x, max(height[id(node)] - HEIGHT / 2, bottom), WIDTH, HEIGHT)
        label = _label(node, place)
        bottom = (label or place).bottom + APART
        drawing.shapes.append(Placed(node, place, label))
        track = right + BESIDE / 2 + TRACK * number
        above = place.cy
        for way, box in found:
            # Each at its own height of the pool's border.
            y = box.y + box.height * (number + 1) / (len(by_node) + 1)
            points = [(place.x, place.cy), (track, place.cy), (track, y), (box.right, y)]
            size = _name(way)
            above -= size.height + 2
            name = Box(names, above, *size) if size.height else None
            drawing.ways.append(Way(way.element, points if _ends(way)[0] is node else points[::-1], name))
    drawing.width, drawing.height = x + WIDTH, max(drawing.height, bottom)


def _ends(way: Way) -> tuple[m.BaseElement, m.BaseElement]:
    assert way.ends is not None
    return way.ends


def _sides(collaboration: m.Collaboration, links: list[Way]) -> set[int]:
    """The participants that stand at the left: of each conversation one, if it may be."""
    talkers: dict[int, list[int]] = {id(each): [] for each in collaboration.conversation_nodes}
    for way in links:
        for one, other in (_ends(way), _ends(way)[::-1]):
            if id(one) in talkers and isinstance(other, m.Participant):
                talkers[id(one)].append(id(other))
    left: dict[int, bool] = {}
    for found in talkers.values():
        for talker in found:
            if talker not in left:
                left[talker] = not any(left.get(other) for other in found)
    return {talker for talker, is_left in left.items() if is_left}


def _name(way: Way) -> Size:
    return text_size(getattr(way.element, "name", None))


def _row_above(vertex: Vertex, height: float) -> Vertex:
    """For a message, which shall be seen apart from the links."""
    row = Vertex(top=max(ROW, height + 3), bottom=ROW, is_row=True, host=vertex)
    row.anchor = Beside(vertex, min(len(vertex.above) * TRACK, vertex.width / 2), -vertex.height / 2)
    vertex.above.append(row)
    return row


def _hexagon(node: m.ConversationNode) -> Vertex:
    label = text_size(node.name)
    wide = max(WIDTH, label.width) / 2
    bottom = HEIGHT / 2 + (label.height + 4 if label.height else 0)
    return Vertex(WIDTH, HEIGHT, wide, wide, HEIGHT / 2, bottom, content=node)


def _box(participant: m.Participant) -> Vertex:
    lines = wrap(participant.name or "", BOX_WIDTH - 20, LETTERS)
    width = max(BOX_WIDTH, *(width_of(each, LETTERS) + 20 for each in lines)) if lines else BOX_WIDTH
    return Vertex(width, BOX_HEIGHT, width / 2, width / 2, BOX_HEIGHT / 2, BOX_HEIGHT / 2, content=participant)


def _label(element: m.BaseElement, box: Box) -> Box | None:
    size = text_size(element.name) if isinstance(element, m.ConversationNode) else None
    return Box(box.cx - size.width / 2, box.bottom + 4, *size) if size is not None and size.height else None
