"""Data and annotations: on a shelf above the node they belong to first; dotted ways lead to the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import bpmn.model as m
from bpmn.layout.chains import ROW
from bpmn.layout.drawing import Drawing, Way
from bpmn.layout.graph import Arc, Beside, Graph, Point, Vertex
from bpmn.layout.sizes import Size, shape_size, text_size
from bpmn.render.geometry import Box

SPACE = 12.0
NOTE_KINDS = (m.DataObjectReference, m.DataStoreReference, m.DataObject, m.TextAnnotation)


@dataclass(frozen=True, slots=True)
class Link:
    """A dotted line; one end is a note."""

    element: m.BaseElement
    source: m.BaseElement
    target: m.BaseElement

    def other(self, note: m.BaseElement) -> m.BaseElement:
        return self.target if self.source is note else self.source


@dataclass(eq=False, slots=True)
class Item:
    """A note on a shelf; `dx` is from the shelf's middle to the shape's."""

    element: m.BaseElement
    size: Size
    label: Size
    shelf: Vertex
    dx: float = 0.0
    row: Vertex | None = None

    @property
    def box(self) -> Box:
        bottom = self.shelf.y + self.shelf.height / 2
        return Box(self.shelf.x + self.dx - self.size.width / 2, bottom - self.size.height, *self.size)

    @property
    def label_box(self) -> Box | None:
        box = self.box
        return Box(box.right + 5, box.cy - self.label.height / 2, *self.label) if self.label.width else None


@dataclass(frozen=True, slots=True)
class TopOf:
    """The upper edge of a note, wherever its shelf puts it when more come to stand there."""

    item: Item

    @property
    def point(self) -> Point:
        return self.item.box.cx, self.item.box.y


@dataclass(slots=True)
class Shelves:
    items: dict[int, Item] = field(default_factory=dict)
    near: list[tuple[Link, Item, Vertex]] = field(default_factory=list)
    to_flows: list[tuple[Link, Item, m.BaseElement]] = field(default_factory=list)


def links_of(definitions: m.Definitions, nodes: list[m.FlowNode], artifacts: list[m.Artifact]) -> Iterator[Link]:
    """Data associations of these nodes, and the associations among these artifacts."""
    for node in nodes:
        for name in ("data_input_associations", "data_output_associations"):
            for association in getattr(node, name, ()):
                ref = (
                    association.target_ref
                    if name == "data_output_associations"
                    else next(iter(association.source_refs), None)
                )
                data = definitions.resolve(ref)
                if isinstance(data, NOTE_KINDS):
                    ends = (node, data) if name == "data_output_associations" else (data, node)
                    yield Link(association, *ends)
    for artifact in artifacts:
        if isinstance(artifact, m.Association):
            source, target = definitions.resolve(artifact.source_ref), definitions.resolve(artifact.target_ref)
            if source is not None and target is not None:
                yield Link(artifact, source, target)


def put_on_shelf(shelves: Shelves, note: m.BaseElement, host: Vertex) -> Item:
    shelf = next((each for each in host.above if not each.is_row), None)
    if shelf is None:
        shelf = Vertex(band=host.band, host=host)
        host.above.append(shelf)
    label = Size(0, 0) if isinstance(note, m.TextAnnotation) else text_size(getattr(note, "name", None))
    item = Item(note, shape_size(note), label, shelf)
    shelves.items[id(note)] = item
    wide = item.size.width + (label.width + 5 if label.width else 0) + SPACE
    shelf.content = [*(shelf.content or []), (item, wide)]
    shelf.width += wide
    shelf.height = max(shelf.height, item.size.height, label.height)
    shelf.left = shelf.right = shelf.width / 2
    shelf.top = shelf.bottom = shelf.height / 2
    x = -shelf.width / 2
    for each, width in shelf.content:
        each.dx = x + SPACE / 2 + each.size.width / 2
        x += width
    return item


def join_far(graph: Graph, item: Item, node: Vertex, link: Link) -> None:
    """A dotted way from a note to a node that it does not stand above."""
    note_row = item.row
    if note_row is None:
        note_row = item.row = _row(item.shelf.leader)
        note_row.anchor = TopOf(item)
        item.shelf.leader.above.append(note_row)
    node_row = _row(node)
    node_row.anchor = Beside(node, -node.width / 2 + min(10.0, node.width / 2), -node.height / 2)
    node.above.insert(0, node_row)
    graph.arcs.append(Arc(note_row, node_row, soft=True, content=link))


def _row(host: Vertex) -> Vertex:
    return Vertex(top=ROW, bottom=ROW, band=host.band, is_row=True, host=host)


def draw_near(drawing: Drawing, shelves: Shelves) -> None:
    for link, item, host in shelves.near:
        points = _down(item.box, host)
        note_first = link.source is item.element
        drawing.ways.append(Way(link.element, points if note_first else points[::-1]))


def _down(box: Box, host: Vertex) -> list[Point]:
    """From a note down to the node beneath it."""
    reach = max(host.width / 2 - 8, 0)
    x = min(max(box.cx, host.x - reach), host.x + reach)
    top = host.y - host.height / 2
    if abs(x - box.cx) < 1:
        return [(box.cx, box.bottom), (box.cx, top)]
    middle = box.bottom + 4
    return [(box.cx, box.bottom), (box.cx, middle), (x, middle), (x, top)]
