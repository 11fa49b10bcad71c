"""The foundation of the standard (8.2, 8.3): what every element has, documentation, expressions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from bpmn.model.fields import attribute, body, children, reference
from bpmn.model.markup import Foreign, Markup

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"


@dataclass(eq=False, kw_only=True, slots=True, repr=False, weakref_slot=True)
class Element:
    """Anything of the standard that stands in a file. `line` counts from 1; `source` is how it was written there.

    `foreign_attributes` are those that the standard does not know here (`{namespace}local`, or `local`);
    `foreign_elements` the child elements likewise, outside `extensionElements`.
    """

    namespace: ClassVar[str] = MODEL
    xml_name: ClassVar[str | None] = None

    id: str | None = attribute()
    foreign_attributes: dict[str, str] = field(default_factory=dict)
    foreign_elements: list[Foreign] = field(default_factory=list)
    line: int | None = None
    source: Markup | None = None

    def __repr__(self) -> str:
        # Not what is inside: that may be a whole document, and deeper than Python can go.
        identity = f" {self.id!r}" if self.id else ""
        return f"<{type(self).__name__}{identity}{f' line {self.line}' if self.line else ''}>"


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Documentation(Element):
    """Text for people. Markup inside is kept in the file and left out of `text`."""

    text_format: str | None = attribute()
    text: str | None = body()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class BaseElement(Element):
    """`extension_elements` is the vendors' content as written; `extensions` reads it."""

    documentation: list[Documentation] = children()
    extension_elements: list[Foreign] = field(default_factory=list)

    @property
    def extensions(self) -> list[Foreign]:
        """The vendors' elements inside `extensionElements`."""
        return [item for block in self.extension_elements for item in block.children]


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class RootElement(BaseElement):
    """What may stand directly in `definitions`."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Expression(BaseElement):
    """An expression. Real files set `language` without `xsi:type`, so it is here and not only on FormalExpression."""

    language: str | None = attribute()
    evaluates_to_type_ref: str | None = reference()
    text: str | None = body(strip=True)


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class FormalExpression(Expression):
    """An expression meant for an engine: the usual case, also where the file does not say so."""
