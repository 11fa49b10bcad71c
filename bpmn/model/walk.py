"""Walking a model without recursion, and finding elements by id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from bpmn.model.fields import Binding
from bpmn.model.foundation import BaseElement, Element

_CHILD_FIELDS: dict[type[Element], tuple[tuple[str, bool], ...]] = {}


def child_fields(kind: type[Element]) -> tuple[tuple[str, bool], ...]:
    """The fields of a class that hold elements, and whether they hold many."""
    found = _CHILD_FIELDS.get(kind)
    if found is None:
        bindings: list[tuple[str, Binding]] = [(f.name, f.metadata["xml"]) for f in fields(kind) if "xml" in f.metadata]
        found = tuple((name, binding.many) for name, binding in bindings if binding.kind in ("child", "role"))
        _CHILD_FIELDS[kind] = found
    return found


def children_of(element: Element) -> list[Element]:
    """The elements directly inside in the order of the file; those added in Python come last."""
    found: list[Element] = []
    groups = 0
    for name, many in child_fields(type(element)):
        value = getattr(element, name)
        if many:
            found.extend(value)
            groups += 1 if value else 0
        elif value is not None:
            found.append(value)
            groups += 1
    if groups > 1 and element.source is not None:
        found.sort(key=_position)
    return found


def _position(element: Element) -> float:
    return element.source.number if element.source is not None else float("inf")


def walk(root: Element) -> Iterator[Element]:
    """This element and all inside it, in document order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(reversed(children_of(element)))


@dataclass(slots=True)
class Index:
    """All but the diagram in document order, by id (the first of several counts), and what each element stands in.

    In `parents`, None is the root: holding it would tie it into a ring that only the collector can free.
    """

    elements: list[BaseElement]
    by_id: dict[str, BaseElement]
    parents: dict[int, Element | None]

    @classmethod
    def of(cls, root: BaseElement) -> Index:
        elements: list[BaseElement] = []
        by_id: dict[str, BaseElement] = {}
        parents: dict[int, Element | None] = {}
        waiting = [root]
        while waiting:
            element = waiting.pop()
            if element is not root:
                elements.append(element)
                if element.id:
                    by_id.setdefault(element.id, element)
            parent = None if element is root else element
            inner: list[BaseElement] = []
            for child in children_of(element):
                parents[id(child)] = parent
                if isinstance(child, BaseElement):
                    inner.append(child)
            inner.reverse()
            waiting.extend(inner)
        return cls(elements, by_id, parents)

    def resolve(self, ref: str | None) -> BaseElement | None:
        if not ref:
            return None
        return self.by_id.get(ref) or self.by_id.get(ref.rpartition(":")[2])
