"""From Definitions to bytes, without recursion. What was read and not changed is written as it was read."""

from __future__ import annotations

from typing import NamedTuple

from bpmn.model.diagram import BPMNDI, DC, DI
from bpmn.model.foundation import MODEL, Element, FormalExpression
from bpmn.model.infrastructure import Definitions
from bpmn.model.markup import Markup, Remark
from bpmn.model.namespaces import Namespaces
from bpmn.xml import escape
from bpmn.xml.catalog import Shape, shapes
from bpmn.xml.namespaces import XSI, Scope, Seen
from bpmn.xml.placement import Body, Child, Item, Placement, TextChild
from bpmn.xml.tags import PREFERRED, StartTag
from bpmn.xml.values import format_value

INDENT = "  "
XSI_TYPE = f"{{{XSI}}}type"


class Raw(NamedTuple):
    """Output as it is: an end tag, white space."""

    output: str


def write(definitions: Definitions) -> bytes:
    """The document as UTF-8. A file that was read and not changed is the same after canonicalisation."""
    return Writer().write(definitions).encode("utf-8")


class Writer:
    """Writes one document. What is still to be written is kept on a stack, with the scope around it and its depth."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._waiting: list[tuple[Item | Raw, Scope, int]] = []
        self._scopes: dict[int, Scope] = {}

    def write(self, definitions: Definitions) -> str:
        document = definitions.document
        standalone = f' standalone="{document.standalone}"' if document and document.standalone in ("yes", "no") else ""
        self._out.append(f'<?xml version="1.0" encoding="UTF-8"{standalone}?>\n')
        for remark in document.before if document else []:
            self._out += (_remark(remark), "\n")
        self._waiting.append((Child(definitions.fragment or definitions, ""), Scope(Namespaces({}), Seen()), 0))
        while self._waiting:
            item, scope, depth = self._waiting.pop()
            if isinstance(item, Raw):
                self._out.append(item.output)
            elif isinstance(item, Child):
                self._element(item, scope, depth)
            elif isinstance(item, str):
                self._out.append(escape.text(item))
            elif isinstance(item, TextChild):
                self._text_child(item, scope)
            elif isinstance(item, Body):
                self._out.append(escape.text(item.text))
            elif isinstance(item, Remark):
                self._out.append(_remark(item))
            else:
                self._markup(item, scope, depth)
        self._out.append("\n")
        for remark in document.after if document else []:
            self._out += (_remark(remark), "\n")
        return "".join(self._out)

    def _element(self, child: Child, outer: Scope, depth: int) -> None:
        element = child.element
        shape = shapes()[type(element)]
        tag = StartTag(outer)
        if element.source is not None:
            tag.as_written(element.source, self._scope(element.source))
            if child.tag and self.expand(element.source) != child.tag:
                tag.new(child.tag)
        else:
            if isinstance(element, Definitions):
                _declare_standard(tag, element)
            tag.new(child.tag or shape.tag)
        _attributes(tag, element, shape)
        if element.source is None and type(element) is FormalExpression and child.tag != shape.tag:
            _mark_formal(tag, element)
        placement = Placement(element, shape, self.expand)
        self._content(tag, _indented(placement, depth), depth)

    def _markup(self, markup: Markup, outer: Scope, depth: int) -> None:
        tag = StartTag(outer)
        tag.as_written(markup, self._scope(markup))
        tag.attributes = markup.raw_attributes
        self._content(tag, list(markup.content), depth)

    def _text_child(self, child: TextChild, outer: Scope) -> None:
        tag = StartTag(outer)
        if child.markup is None:
            tag.new(child.tag)
        else:
            tag.as_written(child.markup, self._scope(child.markup))
            tag.attributes = child.markup.raw_attributes
        self._out += (tag.text(empty=False), escape.text(child.text), f"</{tag.name}>")

    def _content(self, tag: StartTag, items: list[Item | Raw], depth: int) -> None:
        self._out.append(tag.text(empty=not items))
        if items:
            scope = tag.inner
            self._waiting.append((Raw(f"</{tag.name}>"), scope, depth))
            self._waiting.extend((item, scope, depth + 1) for item in reversed(items))

    def _scope(self, markup: Markup) -> Scope:
        scope = self._scopes.get(id(markup.namespaces))
        if scope is None:
            scope = self._scopes[id(markup.namespaces)] = Scope(markup.namespaces, Seen())
        return scope

    def expand(self, markup: Markup) -> str:
        """The `{namespace}local` of an element that was read."""
        scope = self._scope(markup)
        return scope.tags.get(markup.tag) or scope.tag(markup.tag)


def _attributes(tag: StartTag, element: Element, shape: Shape) -> None:
    """Those that were read, in their order and, where unchanged, letter by letter; then new ones."""
    known = {slot.field for slot in shape.attributes.values() if getattr(element, slot.field) is not None}
    foreign = dict(element.foreign_attributes)
    raw = element.source.raw_attributes if element.source is not None else []
    for i in range(0, len(raw), 2):
        name, written = raw[i], raw[i + 1]
        slot = shape.attributes.get(name)
        if slot is not None:
            known.discard(slot.field)
            value = getattr(element, slot.field)
            if slot.parse(written) == value:
                tag.attributes += (name, written)
            elif value is not None:
                tag.attributes += (name, format_value(value))
        elif name == "xmlns" or name.startswith("xmlns:"):
            tag.attributes += (name, written)
        else:
            value = foreign.pop(tag.inner.attributes.get(name) or tag.inner.attribute(name), None)
            if value is not None:
                tag.attributes += (name, value)
    for slot in shape.attributes.values():
        if slot.field in known:
            tag.attributes += (slot.name, format_value(getattr(element, slot.field)))
    for expanded, value in foreign.items():
        tag.attributes += (tag.prefixed(expanded, attribute=True), value)


def _declare_standard(tag: StartTag, definitions: Definitions) -> None:
    """The namespaces of a document made in Python, all in its root."""
    for namespace in (MODEL, XSI, *((BPMNDI, DC, DI) if definitions.diagrams else ())):
        tag.declare(PREFERRED[namespace], namespace)


def _mark_formal(tag: StartTag, expression: FormalExpression) -> None:
    # The schema has plain expressions in these places, without a language; `xsi:type` says that this one is formal.
    if XSI_TYPE not in expression.foreign_attributes:
        tag.attributes += (tag.prefixed(XSI_TYPE, attribute=True), tag.prefixed(f"{{{MODEL}}}tFormalExpression"))


def _indented(placement: Placement, depth: int) -> list[Item | Raw]:
    """New elements on lines of their own; where there is text, or nothing new, nothing is put between."""
    items = placement.items
    if not placement.added or not items or any(isinstance(item, Body) for item in items):
        return list(items)
    between = Raw("\n" + INDENT * (depth + 1))
    spaced: list[Item | Raw] = []
    for item in items:
        blank = bool(spaced) and isinstance(spaced[-1], str) and spaced[-1].isspace()
        if not isinstance(item, str) and not blank:
            spaced.append(between)
        spaced.append(item)
    if not isinstance(spaced[-1], str):
        spaced.append(Raw("\n" + INDENT * depth))
    return spaced


def _remark(remark: Remark) -> str:
    return escape.comment(remark.data) if remark.target is None else escape.instruction(remark.target, remark.data)
