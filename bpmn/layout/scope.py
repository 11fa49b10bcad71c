"""A process or sub-process as graphs: its nodes, what hangs on their borders, its flows, data and annotations."""

from __future__ import annotations

from collections.abc import Set

import bpmn.model as m
from bpmn.layout import notes
from bpmn.layout.bands import activity_size
from bpmn.layout.drawing import Drawing, Way
from bpmn.layout.graph import Arc, Beside, Graph, Vertex
from bpmn.layout.notes import Link, Shelves
from bpmn.layout.sizes import EVENT, Size, has_sign_below, shape_size, text_size

Container = m.Process | m.SubProcess | m.Choreography | m.SubChoreography
HOSTS = m.Activity | m.ChoreographyActivity

BORDER_STEP, BORDER_END = 46.0, 22.0
# So far from the middle an event is beside the sign that stands there.
BORDER_SIGN = 36.0
GATEWAY_NAME = 6.0


class Scope:
    """One container's content, not yet placed. `inner` holds the drawings of its sub-processes, already made."""

    def __init__(
        self, definitions: m.Definitions, container: Container, inner: dict[int, Drawing], messaged: Set[int]
    ) -> None:
        self.messaged = messaged
        self.definitions = definitions
        self.container = container
        self.inner = inner
        self.graph = Graph()
        self.shelves = Shelves()
        self.on_border: dict[Vertex, list[tuple[m.BoundaryEvent, Vertex]]] = {}
        self.loose: list[Way] = []
        self._vertices: dict[int, Vertex] = {}
        self._flows: dict[int, Arc] = {}
        self._add_nodes()
        self._add_flows()
        self._add_notes()

    def _add_nodes(self) -> None:
        hanging: dict[int, list[m.BoundaryEvent]] = {}
        nodes = [each for each in self.container.flow_elements if isinstance(each, m.FlowNode)]
        present = {id(each) for each in nodes if isinstance(each, HOSTS)}
        for node in nodes:
            host = self.definitions.resolve(node.attached_to_ref) if isinstance(node, m.BoundaryEvent) else None
            if isinstance(node, m.BoundaryEvent) and id(host) in present:
                hanging.setdefault(id(host), []).append(node)
        attached = {id(each) for events in hanging.values() for each in events}
        for node in nodes:
            if id(node) not in attached:
                self._add_node(node, hanging.get(id(node), []))

    def _add_node(self, node: m.FlowNode, events: list[m.BoundaryEvent]) -> None:
        inner = self.inner.get(id(node))
        size = Size(inner.width, inner.height) if inner is not None else self._size(node, has_events=bool(events))
        width = max(size.width, _border_width(node, len(events)))
        vertex = Vertex(width=width, height=size.height, content=node, is_diamond=isinstance(node, m.Gateway))
        vertex.left = vertex.right = width / 2
        vertex.top = vertex.bottom = size.height / 2
        label = text_size(node.name)
        if isinstance(node, m.Event):
            vertex.bottom += label.height + 4 if label.height else 0
            vertex.left = vertex.right = max(width, label.width) / 2
            if id(node) in self.messaged:
                vertex.left, vertex.right = width / 2, max(width / 2, label.width + 6)
        elif isinstance(node, m.Gateway) and label.height:
            vertex.top += max(label.height - GATEWAY_NAME, 0)
            vertex.left = max(vertex.left, label.width + 10)
        self.graph.vertices.append(vertex)
        self._vertices[id(node)] = vertex
        if events:
            vertex.bottom += EVENT / 2 + 2
        dx = width / 2 - BORDER_END
        for event in reversed(events):
            self._hang(vertex, event, dx)
            dx -= BORDER_STEP
            if has_sign_below(node) and abs(dx) < BORDER_SIGN:
                dx = -BORDER_SIGN

    def _size(self, node: m.FlowNode, *, has_events: bool) -> Size:
        if isinstance(node, m.ChoreographyActivity):
            return activity_size(self.definitions, node)
        return shape_size(node, 2 if has_events else 3)

    def _hang(self, vertex: Vertex, event: m.BoundaryEvent, dx: float) -> None:
        """An event on the lower border has a row of its own beneath: the one at the right has the uppermost."""
        label = text_size(event.name)
        row = Vertex(is_row=True, host=vertex, bottom=7)
        row.top = max(label.height + 4, 7)
        row.right = dx + label.width + 10
        row.anchor = Beside(vertex, dx, vertex.height / 2 + EVENT / 2)
        vertex.below.append(row)
        self.on_border.setdefault(vertex, []).append((event, row))
        self._vertices[id(event)] = row

    def _add_flows(self) -> None:
        for flow in self.container.flow_elements:
            if not isinstance(flow, m.SequenceFlow):
                continue
            source, target = self.definitions.resolve(flow.source_ref), self.definitions.resolve(flow.target_ref)
            if source is None or target is None:
                continue
            start, end = self._vertices.get(id(source)), self._vertices.get(id(target))
            if start is None or end is None:
                self.loose.append(Way(flow, [], ends=(source, target)))
            else:
                self._join(flow, start, end.leader, flow.name)

    def _join(self, element: m.BaseElement, start: Vertex, end: Vertex, name: str | None = None) -> None:
        label = text_size(name)
        arc = Arc(start, end, label.width, label.height, content=element)
        self.graph.arcs.append(arc)
        self._flows[id(element)] = arc

    def _add_notes(self) -> None:
        nodes = [each for each in self.container.flow_elements if isinstance(each, m.FlowNode)]
        links = list(notes.links_of(self.definitions, nodes, self.container.artifacts))
        by_note: dict[int, list[Link]] = {}
        for link in links:
            ends = [each for each in (link.source, link.target) if isinstance(each, notes.NOTE_KINDS)]
            if ends:
                by_note.setdefault(id(ends[0]), []).append(link)
            else:
                self._add_association(link)
        for note in (*self.container.flow_elements, *self.container.artifacts):
            if not isinstance(note, notes.NOTE_KINDS):
                continue
            found = by_note.pop(id(note), [])
            if found or not isinstance(note, m.DataObject):
                self._add_note(note, found)
        for elsewhere in by_note.values():
            self.loose += [Way(link.element, [], ends=(link.source, link.target)) for link in elsewhere]

    def _add_association(self, link: Link) -> None:
        """What compensates is joined to its event by an association, which is laid out as a flow would be."""
        start, end = self._vertices.get(id(link.source)), self._vertices.get(id(link.target))
        if start is not None and end is not None and start.is_row and not end.is_row:
            self._join(link.element, start, end)
        else:
            self.loose.append(Way(link.element, [], ends=(link.source, link.target)))

    def _add_note(self, note: m.BaseElement, links: list[Link]) -> None:
        host = next((vertex for link in links if (vertex := self._vertex_near(link.other(note))) is not None), None)
        if host is None:
            size, label = shape_size(note), text_size(getattr(note, "name", None))
            vertex = Vertex(size.width, size.height, content=note)
            vertex.left, vertex.right = size.width / 2, size.width / 2 + (label.width + 5 if label.width else 0)
            vertex.top = vertex.bottom = size.height / 2
            self.graph.vertices.append(vertex)
            self.loose += [Way(link.element, [], ends=(link.source, link.target)) for link in links]
            return
        item = notes.put_on_shelf(self.shelves, note, host)
        for link in links:
            other = link.other(note)
            vertex = self._vertex_near(other)
            if id(other) in self._flows:
                self.shelves.to_flows.append((link, item, other))
            elif vertex is None or id(other) not in self._vertices:
                self.loose.append(Way(link.element, [], ends=(link.source, link.target)))
            elif vertex is host:
                self.shelves.near.append((link, item, host))
            else:
                notes.join_far(self.graph, item, vertex, link)

    def _vertex_near(self, element: m.BaseElement) -> Vertex | None:
        """The vertex of a node, of a flow's source, or of the sub-process that a node of another scope is in."""
        if id(element) in self._flows:
            return self._flows[id(element)].source.leader
        found: m.Element | None = element
        while found is not None and id(found) not in self._vertices:
            found = self.definitions.parent(found)
            if found is self.container:
                return None
        return self._vertices[id(found)].leader if found is not None else None


def _border_width(node: m.FlowNode, events: int) -> float:
    """How wide an activity must be for the events on its border."""
    if events > 1 and has_sign_below(node):
        # One at each side of the sign; of the others all may be left of it.
        return 2 * (BORDER_SIGN + BORDER_END + BORDER_STEP * max(events - 2, 0))
    return 2 * BORDER_END + BORDER_STEP * (events - 1) + (18 if events > 1 else 0) if events else 0.0
