"""One element seen through one vendor's eyes: the attributes and extension elements in that vendor's namespaces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from bpmn.model import BaseElement, Definitions, Foreign


class Source:
    """An element of a file, and the namespaces in which one vendor writes."""

    __slots__ = ("_extensions", "definitions", "element", "namespaces")

    def __init__(self, definitions: Definitions, element: BaseElement, namespaces: Sequence[str]) -> None:
        self.definitions = definitions
        self.element = element
        self.namespaces = namespaces
        self._extensions: list[tuple[str, Foreign]] | None = None

    @property
    def dialect(self) -> str:
        """The dialect of the whole file."""
        return self.definitions.dialect

    @property
    def line(self) -> int | None:
        """Where the element stands in the file."""
        return self.element.line

    def attribute(self, name: str) -> str | None:
        """A vendor's attribute, None where it is absent or blank."""
        return self.attribute_of(self.element, name)

    def attribute_of(self, element: BaseElement, name: str) -> str | None:
        """The same vendor's attribute of another element."""
        written = element.foreign_attributes
        for namespace in self.namespaces if written else ():
            if text := written.get(f"{{{namespace}}}{name}", "").strip():
                return text
        return None

    def flag(self, name: str) -> bool | None:
        """A vendor's true or false, None where it is absent."""
        return truth(self.attribute(name))

    def extensions(self, *names: str) -> list[Foreign]:
        """The vendor's extension elements of these names, in the order of the file."""
        if self._extensions is None:
            self._extensions = [
                (item.name, item) for item in self.element.extensions if item.namespace in self.namespaces
            ]
        return [item for name, item in self._extensions if name in names]

    def extension(self, name: str) -> Foreign | None:
        """The vendor's first extension element of that name."""
        return next(iter(self.extensions(name)), None)


class Reads(NamedTuple):
    """One row of a vendor's table: the execution detail, the elements that can have it, and what reads it."""

    detail: str
    elements: tuple[type[BaseElement], ...]
    read: Callable[[Source], Any]


class Table:
    """A vendor's table, sorted once by class of element."""

    __slots__ = ("_by_kind", "rows")

    def __init__(self, *rows: Reads) -> None:
        self.rows = rows
        self._by_kind: dict[type[BaseElement], tuple[Reads, ...]] = {}

    def read(self, source: Source) -> dict[str, Any]:
        """The details of an element; what the file does not say is left out."""
        kind = type(source.element)
        rows = self._by_kind.get(kind)
        if rows is None:
            rows = self._by_kind[kind] = tuple(row for row in self.rows if issubclass(kind, row.elements))
        details: dict[str, Any] = {}
        for detail, _, read in rows:
            found = read(source)
            if found is not None and found != () and found != {}:
                details[detail] = found
        return details


class Dialect(NamedTuple):
    """A vendor's vocabulary: its namespaces, what is read of it, and what is known to matter and is not read.

    `unread` has names of extension elements and attributes (`@name`, or `@name=value` where only that value matters).
    """

    namespaces: tuple[str, ...]
    table: Table
    unread: dict[str, str]


def children(parent: Foreign | None, *names: str) -> list[Foreign]:
    """The children of an extension element that have one of these names."""
    return [] if parent is None else [child for child in parent.children if child.name in names]


def attribute(extension: Foreign | None, name: str) -> str | None:
    """An attribute of an extension element, None where it is absent or blank."""
    return None if extension is None else ((extension.get(name) or "").strip() or None)


def truth(text: str | None) -> bool | None:
    """A written boolean, None where it is absent."""
    return None if text is None else text.strip().lower() in ("true", "1")


def named_properties(source: Source) -> dict[str, str]:
    """`properties` with `property` children of a name and a value, which four vendors write alike."""
    return {
        name: item.get("value") or ""
        for group in source.extensions("properties")
        for item in children(group, "property")
        if (name := attribute(item, "name"))
    }


def listed(text: str | None) -> tuple[str, ...]:
    """The words of a comma-separated attribute."""
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())
