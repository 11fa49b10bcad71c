"""Where the children of an element are written: those that were read in their old place, new ones where they belong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bpmn.model.foundation import BaseElement, Element
from bpmn.model.markup import Foreign, Markup, Remark
from bpmn.xml.catalog import ChildSlot, Shape, shapes

# Between documentation (0) and everything else; and after everything.
EXTENSIONS_ORDER = 0.5
LAST = 1e9


class Child(NamedTuple):
    """An element of the model, to be written under this `{namespace}local`."""

    element: Element
    tag: str


class TextChild(NamedTuple):
    """A child element that only holds text: a new one, or one whose text changed."""

    tag: str
    text: str
    markup: Markup | None


class Body(NamedTuple):
    """The text of the element itself, changed or new."""

    text: str


Item = str | Remark | Markup | Child | TextChild | Body


class Placement:
    """The content of one element, in order: `items`. `added` says whether some of it has no old place."""

    def __init__(self, element: Element, shape: Shape, expand: Callable[[Markup], str]) -> None:
        self.element = element
        self.shape = shape
        self._expand = expand
        self.added = False
        self.items: list[Item] = []
        self._orders: list[float | None] = []
        self._late: list[tuple[float, Item]] = []
        if element.source is None:
            self._from_model()
        else:
            self._from_source(element.source)

    def _from_model(self) -> None:
        if self.shape.body is not None:
            text = getattr(self.element, self.shape.body)
            if text:
                self._late.append((LAST, Body(text)))
        for slot in self.shape.slots:
            self._late.extend((slot.order, item) for item in self._new(slot, _values(self.element, slot)))
        self._late.extend(self._foreign(set()))
        self._late.sort(key=lambda entry: entry[0])
        self.items = [item for _, item in self._late]
        self.added = True

    def _from_source(self, source: Markup) -> None:
        keep_text = self._keeps_text(source)
        known = {id(item) for item in source.content if isinstance(item, Markup)}
        anchors = self._anchors(known)
        foreign = {id(node) for node in self._foreign_nodes()}
        texts = {slot.field: _values(self.element, slot) for slot in self.shape.slots if slot.is_text}
        for item in source.content:
            if isinstance(item, str):
                if keep_text:
                    self._put(None, item)
            elif isinstance(item, Remark):
                self._put(None, item)
            elif isinstance(item, Foreign):
                if id(item) in foreign:
                    self._put(None, item)
            elif (anchored := anchors.get(id(item))) is not None:
                for entry in anchored[1]:
                    self._put(anchored[0], entry)
            else:
                self._put_text(item, texts)
        if not keep_text and self.shape.body is not None:
            self.items.insert(0, Body(getattr(self.element, self.shape.body) or ""))
            self._orders.insert(0, None)
        for slot in self.shape.slots:
            if texts.get(slot.field):
                self._late.extend((slot.order, item) for item in self._new(slot, texts[slot.field]))
        self._late.extend(self._foreign(known))
        if self._late:
            self._insert_late()

    def _keeps_text(self, source: Markup) -> bool:
        if self.shape.body is None:
            return True
        written = source.foreign_text
        current = getattr(self.element, self.shape.body)
        return bool(current == (written.strip() if self.shape.body_strip else written))

    def _anchors(self, known: set[int]) -> dict[int, tuple[float, list[Item]]]:
        """By what stands in the file: the element that it is now, and the new ones just before or after it."""
        anchors: dict[int, tuple[float, list[Item]]] = {}
        for slot in self.shape.slots:
            if slot.is_text:
                continue
            values = _values(self.element, slot)
            waiting: list[Item] = []
            current: list[Item] | None = None
            last = 0
            for child in values:
                assert isinstance(child, Element)
                source = child.source
                stays = source is not None and id(source) in known and id(source) not in anchors
                if source is not None and stays and source.number >= last and self._slot_of(source) is slot:
                    current = [*waiting, Child(child, "")]
                    anchors[id(source)] = (slot.order, current)
                    waiting, last = [], source.number
                else:
                    self.added = True
                    (waiting if current is None else current).extend(self._new(slot, [child]))
            self._late.extend((slot.order, item) for item in waiting)
        return anchors

    def _slot_of(self, markup: Markup) -> ChildSlot | None:
        tag = self._expand(markup)
        found = self.shape.children.get(tag)
        return found[0] if found is not None else self.shape.heads.get(tag)

    def _put(self, order: float | None, item: Item) -> None:
        self.items.append(item)
        self._orders.append(order)

    def _put_text(self, markup: Markup, texts: dict[str, list[object]]) -> None:
        """A child that only holds text: the next value of its field, or nothing if the field has no more."""
        slot = self._slot_of(markup)
        if slot is None or not slot.is_text:
            return
        values = texts[slot.field]
        written = markup.text.strip() if slot.strip else markup.text
        if slot.many and not written:
            self._put(slot.order, markup)
        elif values:
            value = values.pop(0)
            self._put(slot.order, markup if value == written else TextChild("", str(value), markup))

    def _new(self, slot: ChildSlot, values: Sequence[object]) -> list[Item]:
        items: list[Item] = []
        for value in values:
            if isinstance(value, Element):
                items.append(Child(value, slot.tag or shapes()[type(value)].tag))
            else:
                items.append(TextChild(slot.tag or "", str(value), None))
        return items

    def _foreign_nodes(self) -> list[Foreign]:
        element = self.element
        blocks = element.extension_elements if isinstance(element, BaseElement) else []
        return [*blocks, *element.foreign_elements]

    def _foreign(self, known: set[int]) -> list[tuple[float, Item]]:
        """Foreign elements that do not stand in the file yet."""
        blocks = self.element.extension_elements if isinstance(self.element, BaseElement) else []
        new: list[tuple[float, Item]] = [(EXTENSIONS_ORDER, node) for node in blocks if id(node) not in known]
        new += [(LAST, node) for node in self.element.foreign_elements if id(node) not in known]
        return new

    def _insert_late(self) -> None:
        self.added = True
        for order, item in sorted(self._late, key=lambda entry: entry[0]):
            at = next((i for i, other in enumerate(self._orders) if other is not None and other > order), None)
            if at is None:
                at = len(self.items)
            while at and isinstance(self.items[at - 1], str) and not str(self.items[at - 1]).strip():
                at -= 1
            self.items.insert(at, item)
            self._orders.insert(at, order)


def _values(element: Element, slot: ChildSlot) -> list[object]:
    value = getattr(element, slot.field)
    if slot.many:
        return list(value)
    return [] if value is None else [value]
