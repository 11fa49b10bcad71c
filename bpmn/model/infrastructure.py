"""Infrastructure (8.1): the document, what it imports and what it extends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from bpmn.model.diagram import BPMNDiagram
from bpmn.model.fields import attribute, children, reference, texts
from bpmn.model.foundation import BaseElement, Documentation, Element, RootElement
from bpmn.model.markup import Document
from bpmn.model.process import Process
from bpmn.model.walk import Index, walk

E = TypeVar("E", bound=Element)


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Import(Element):
    imported_namespace: str | None = attribute("namespace")
    location: str | None = attribute()
    import_type: str | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Extension(Element):
    definition: str | None = reference()
    must_understand: bool | None = attribute()
    documentation: list[Documentation] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Relationship(BaseElement):
    type: str | None = attribute()
    direction: str | None = attribute()
    sources: list[str] = texts("source")
    targets: list[str] = texts("target")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Definitions(BaseElement):
    """One BPMN document. `dialect`, `tool` and `tool_version` say who wrote it and for which engine.

    `fragment` is the one element that a file holds instead of a document, such as a task copied out of a diagram.
    """

    name: str | None = attribute()
    target_namespace: str | None = attribute()
    expression_language: str | None = attribute()
    type_language: str | None = attribute()
    exporter: str | None = attribute()
    exporter_version: str | None = attribute()
    imports: list[Import] = children()
    extension_declarations: list[Extension] = children()
    root_elements: list[RootElement] = children()
    diagrams: list[BPMNDiagram] = children()
    relationships: list[Relationship] = children()

    dialect: str = "bpmn"
    tool: str | None = None
    tool_version: str | None = None
    document: Document | None = None
    fragment: Element | None = None
    _index: Index | None = field(default=None, init=False)

    @property
    def processes(self) -> list[Process]:
        return [element for element in self.root_elements if isinstance(element, Process)]

    def executes(self, process: Process) -> bool:
        """Whether a process is meant for an engine. Of one that does not say, suites think so and drawings do not."""
        if process.is_executable is None:
            return self.dialect not in ("bpmn", "drawing")
        return process.is_executable

    def walk(self) -> Iterator[Element]:
        """Every element in document order, this one first."""
        return walk(self)

    def of(self, kind: type[E]) -> Iterator[E]:
        """Every element of a class or its subclasses, in document order."""
        return (element for element in walk(self) if isinstance(element, kind))

    def resolve(self, ref: str | None) -> BaseElement | None:
        """The element that a reference names: by its id as written, else by what follows the prefix."""
        found = self.index.resolve(ref)
        return self if found is None and ref and ref == self.id else found

    def parent(self, element: Element) -> Element | None:
        """The element that this one stands in."""
        parents = self.index.parents
        if id(element) not in parents:
            return None
        return parents[id(element)] or self

    def changed(self) -> None:
        """To be called after adding, removing or renaming elements, so that `resolve` and `parent` look again."""
        self._index = None

    @property
    def index(self) -> Index:
        """What `resolve` and `parent` look into; built once, kept until `changed`."""
        if self._index is None:
            self._index = Index.of(self)
        return self._index
