"""The ways in which a BPMN element holds a value in XML; reader and writer know no others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["attribute", "child", "role", "text", "body"]


@dataclass(frozen=True, slots=True)
class Binding:
    """How one field is written. `name` is the XML name where it is not the field's own name in camelCase."""

    kind: Kind
    name: str | None = None
    namespace: str | None = None
    many: bool = False
    reference: bool = False
    strip: bool = True
    last: bool = False


def attribute(name: str | None = None) -> Any:
    """An XML attribute: text, number or boolean, as the annotation says. None: not written in the file."""
    return field(default=None, metadata={"xml": Binding("attribute", name)})


def reference(name: str | None = None) -> Any:
    """An attribute that names another element; kept as written, prefix included."""
    return field(default=None, metadata={"xml": Binding("attribute", name, reference=True)})


def child(*, last: bool = False) -> Any:
    """One child element, known by its class (or one of its subclasses: the standard's substitution groups)."""
    return field(default=None, metadata={"xml": Binding("child", last=last)})


def children(*, last: bool = False) -> Any:
    """Child elements, known by their classes. `last`: written after what subclasses add."""
    return field(default_factory=list, metadata={"xml": Binding("child", many=True, last=last)})


def role(name: str | None = None, *, namespace: str | None = None) -> Any:
    """One child element known by its role, such as `conditionExpression`, not by its class."""
    return field(default=None, metadata={"xml": Binding("role", name, namespace)})


def roles(name: str, *, namespace: str | None = None) -> Any:
    """Child elements known by their role."""
    return field(default_factory=list, metadata={"xml": Binding("role", name, namespace, many=True)})


def text(name: str | None = None, *, strip: bool = True, reference: bool = False) -> Any:
    """A child element of which only the text counts."""
    return field(default=None, metadata={"xml": Binding("text", name, strip=strip, reference=reference)})


def texts(name: str, *, reference: bool = True, last: bool = False) -> Any:
    """Child elements of which only the text counts: `<incoming>flow</incoming>`."""
    return field(
        default_factory=list, metadata={"xml": Binding("text", name, many=True, reference=reference, last=last)}
    )


def body(*, strip: bool = False) -> Any:
    """The text of the element itself."""
    return field(default=None, metadata={"xml": Binding("body", strip=strip)})
