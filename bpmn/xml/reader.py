"""From text to Definitions in one pass and without recursion; what the standard does not know is kept in place."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from bpmn.model.diagram import BPMNDI, DC, DI
from bpmn.model.foundation import MODEL, BaseElement, Element
from bpmn.model.infrastructure import Definitions
from bpmn.model.markup import Document, Foreign, Markup, Remark
from bpmn.model.namespaces import Namespaces
from bpmn.problems import Problem
from bpmn.xml.catalog import ChildSlot, Shape, fragment_shapes, shapes, standard_tags, typed_shapes
from bpmn.xml.limits import Limits
from bpmn.xml.namespaces import XSI, Scope, Seen
from bpmn.xml.refusal import Refusal
from bpmn.xml.strangers import name_root

DEFINITIONS = f"{{{MODEL}}}definitions"
EXTENSIONS = f"{{{MODEL}}}extensionElements"
DI_EXTENSION = f"{{{DI}}}extension"
XSI_TYPE = f"{{{XSI}}}type"
STANDARD = tuple(f"{{{namespace}}}" for namespace in (MODEL, BPMNDI, DC, DI))

# An open element: as written; what it became, with its shape; or whose text it holds; and the scope around it.
Open = tuple[Markup, Element | None, Shape | None, tuple[Element, ChildSlot] | None, Scope]


class Reader:
    """Receives what the XML parser meets and builds the model of it. Made for one file."""

    def __init__(self, document: Document, limits: Limits) -> None:
        self.document = document
        self.limits = limits
        self.problems: list[Problem] = []
        self.definitions: Definitions | None = None
        self.seen = Seen()
        self._scope = Scope(Namespaces({}), self.seen)
        self._open: list[Open] = []
        self._count = 0
        self._parser: Any = None

    def parse(self, text: str) -> Definitions | None:
        """Reads the whole text; raises Refusal, or expat's own error where it is not well-formed."""
        parser = self._parser = expat.ParserCreate("utf-8")
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(text.encode("utf-8"), True)
        finally:
            # Its handlers are bound to this object, which must not keep it alive in turn.
            self._parser = None
        for prefix in sorted(self.seen.undeclared):
            message = f"The prefix {prefix!r} is used and not declared; it was taken for what it customarily means."
            self._problem("undeclared_prefix", message, None, None, f"Declare xmlns:{prefix} in the root element.")
        return self.definitions

    def _start(self, tag: str, raw: list[str]) -> None:
        self._count += 1
        line = self._parser.CurrentLineNumber
        limits = self.limits
        if self._count > limits.elements or len(self._open) >= limits.depth or len(raw) > 2 * limits.attributes:
            raise self._too_big(raw, line)
        around = scope = self._scope
        for i in range(0, len(raw), 2):
            if raw[i].startswith("xmlns"):
                scope = self._scope = around.inner(raw)
                break
        expanded = scope.tags.get(tag) or scope.tag(tag)
        if not self._open:
            self._start_root(tag, expanded, raw, line)
            return
        parent, owner, shape, _, _ = self._open[-1]
        found = None
        if owner is not None and shape is not None:
            found = shape.children.get(expanded) or self._typed(shape, expanded, raw)
            if found is not None and not found[0].many and getattr(owner, found[0].field) is not None:
                self._problem("repeated_element", f"A second <{tag}> has no meaning here.", line, owner)
                found = None
            elif found is None:
                self._judge_stranger(tag, expanded, line, owner)
        if found is None or owner is None:
            self._start_foreign(expanded, Foreign(tag, raw, scope.namespaces, line, self._count), owner, parent, around)
            return
        markup = Markup(tag, raw, scope.namespaces, line, self._count)
        parent.content.append(markup)
        slot, inner = found
        if inner is None:
            if not slot.many:
                setattr(owner, slot.field, "")
            self._open.append((markup, None, None, (owner, slot), around))
            return
        element = self._element(inner, markup, scope)
        if slot.many:
            getattr(owner, slot.field).append(element)
        else:
            setattr(owner, slot.field, element)
        self._open.append((markup, element, inner, None, around))

    def _start_root(self, tag: str, expanded: str, raw: list[str], line: int) -> None:
        shape = shapes()[Definitions] if expanded == DEFINITIONS else fragment_shapes().get(expanded)
        if shape is None:
            raise Refusal(name_root(expanded, line))
        markup = Markup(tag, raw, self._scope.namespaces, line, self._count)
        element = self._element(shape, markup, self._scope)
        if isinstance(element, Definitions):
            self.definitions = element
        else:
            self.definitions = Definitions(fragment=element)
            message = f"The file holds a single <{tag}> and no whole document."
            fix = "Put it into a process inside <definitions>."
            self.problems.append(Problem("error", "fragment", message, element.id, line, fix))
        self.definitions.document = self.document
        self._open.append((markup, element, shape, None, self._scope))

    def _start_foreign(
        self, expanded: str, node: Foreign, owner: Element | None, parent: Markup, around: Scope
    ) -> None:
        parent.content.append(node)
        if owner is not None:
            if expanded == EXTENSIONS and isinstance(owner, BaseElement):
                owner.extension_elements.append(node)
            else:
                owner.foreign_elements.append(node)
        self._open.append((node, None, None, None, around))

    def _end(self, _tag: str) -> None:
        markup, element, shape, text, self._scope = self._open.pop()
        if text is not None:
            owner, slot = text
            value = markup.text.strip() if slot.strip else markup.text
            if not slot.many:
                setattr(owner, slot.field, value)
            elif value:
                getattr(owner, slot.field).append(value)
        elif shape is not None and shape.body is not None:
            value = markup.foreign_text
            setattr(element, shape.body, value.strip() if shape.body_strip else value)

    def _characters(self, data: str) -> None:
        self._open[-1][0].content.append(data)

    def _comment(self, data: str) -> None:
        self._remark(Remark(data))

    def _instruction(self, target: str, data: str) -> None:
        self._remark(Remark(data, target))

    def _remark(self, remark: Remark) -> None:
        if self._open:
            self._open[-1][0].content.append(remark)
        elif self.definitions is None:
            self.document.before.append(remark)
        else:
            self.document.after.append(remark)

    def _doctype(self, *_: object) -> None:
        raise Refusal(
            Problem(
                "error",
                "doctype",
                "The file has a DOCTYPE, which a BPMN file has no use for and an attacker has.",
                line=self._parser.CurrentLineNumber,
                fix="Remove the DOCTYPE, and write out the entities that it declares.",
            )
        )

    def _element(self, shape: Shape, markup: Markup, scope: Scope) -> Element:
        raw = markup.raw_attributes
        known = shape.attributes
        values: dict[str, Any] = {}
        foreign: dict[str, str] = {}
        for i in range(0, len(raw), 2):
            name = raw[i]
            slot = known.get(name)
            if slot is not None:
                value = values[slot.field] = slot.parse(raw[i + 1])
                if value is None and slot.strict:
                    self._bad_value(markup, name, raw[i + 1])
            elif name[:5] != "xmlns" or name[5:6] not in ("", ":"):
                foreign[scope.attributes.get(name) or scope.attribute(name)] = raw[i + 1]
        element = shape.kind(line=markup.line, source=markup, **values)
        if foreign:
            element.foreign_attributes = foreign
        return element

    def _typed(self, shape: Shape, expanded: str, raw: list[str]) -> tuple[ChildSlot, Shape | None] | None:
        """An abstract class's tag whose `xsi:type` says which class is meant."""
        slot = shape.heads.get(expanded)
        if slot is None:
            return None
        for i in range(0, len(raw), 2):
            if raw[i].endswith(":type") and self._scope.attribute(raw[i]) == XSI_TYPE:
                inner = typed_shapes().get(raw[i + 1].rpartition(":")[2])
                if inner is not None and inner.tag in shape.children:
                    return slot, inner
        return None

    def _too_big(self, raw: list[str], line: int) -> Refusal:
        limits = self.limits
        if self._count > limits.elements:
            what, fix = f"{limits.elements:,} elements", "Split the model into several files."
        elif len(self._open) >= limits.depth:
            what, fix = (
                f"{limits.depth:,} elements inside one another",
                "Call processes instead of nesting sub-processes.",
            )
        else:
            what, fix = f"{limits.attributes:,} attributes on one element", f"Remove some of the {len(raw) // 2:,}."
        return Refusal(
            Problem("error", "too_big", f"The file has more than {what}; we read no more.", line=line, fix=fix)
        )

    def _judge_stranger(self, tag: str, expanded: str, line: int, owner: Element) -> None:
        if not expanded.startswith(STANDARD) or expanded in (EXTENSIONS, DI_EXTENSION):
            return
        if expanded in standard_tags():
            self._problem("misplaced_element", f"<{tag}> has no meaning inside <{_tag(owner)}>.", line, owner)
        else:
            self._problem("unknown_element", f"<{tag}> is no element of BPMN 2.0.", line, owner)

    def _bad_value(self, markup: Markup, name: str, value: str) -> None:
        message = f"{value[:60]!r} is no value for {name}; it was left out."
        self._problem("bad_value", message, markup.line, None, f"Correct {name} of <{markup.tag}>.")

    def _problem(self, code: str, message: str, line: int | None, owner: Element | None, fix: str = "") -> None:
        if len(self.problems) < self.limits.problems:
            fix = fix or "It is kept in the file and has no effect; move or remove it."
            self.problems.append(Problem("warning", code, message, owner.id if owner else None, line, fix))


def _tag(element: Element) -> str:
    return element.source.tag if element.source else type(element).__name__
