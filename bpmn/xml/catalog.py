"""Which tag is which class and which attribute which field: derived from the metamodel, once."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bpmn import model
from bpmn.model.fields import Binding
from bpmn.model.foundation import MODEL, Element
from bpmn.xml.values import parse_boolean, parse_integer, parse_number, parse_reference, parse_text

PARSERS: dict[object, Callable[[str], Any]] = {
    str: parse_text,
    bool: parse_boolean,
    int: parse_integer,
    float: parse_number,
}


# Heads of substitution groups: a file may use their tags only with an xsi:type that says what is meant.
ABSTRACT = {
    model.Activity,
    model.Artifact,
    model.BaseElement,
    model.CallableElement,
    model.CatchEvent,
    model.ChoreographyActivity,
    model.ConversationNode,
    model.DiagramElement,
    model.Event,
    model.EventDefinition,
    model.FlowElement,
    model.FlowNode,
    model.Gateway,
    model.LoopCharacteristics,
    model.RootElement,
    model.ThrowEvent,
}


@dataclass(slots=True)
class AttributeSlot:
    """One attribute: its XML name, its field, and how its text becomes a value; `strict` if not any text is one."""

    name: str
    field: str
    parse: Callable[[str], Any]
    strict: bool


@dataclass(slots=True)
class ChildSlot:
    """One field that holds child elements. `shape` is None where only the text counts."""

    field: str
    many: bool
    strip: bool
    order: int
    tag: str | None
    is_text: bool
    shape: Shape | None = None


@dataclass(slots=True)
class Shape:
    """Everything that reader and writer need to know of a class; `children` is keyed by `{namespace}local`.

    `heads` are the tags of abstract classes, which need an `xsi:type`.
    """

    kind: type[Element]
    tag: str
    attributes: dict[str, AttributeSlot] = field(default_factory=dict)
    children: dict[str, tuple[ChildSlot, Shape | None]] = field(default_factory=dict)
    heads: dict[str, ChildSlot] = field(default_factory=dict)
    slots: list[ChildSlot] = field(default_factory=list)
    body: str | None = None
    body_strip: bool = False


def xml_name(field_name: str) -> str:
    """`attached_to_ref` is `attachedToRef`."""
    head, *rest = field_name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def tag_of(kind: type[Element]) -> str:
    return f"{{{kind.namespace}}}{kind.xml_name or kind.__name__[0].lower() + kind.__name__[1:]}"


@cache
def shapes() -> dict[type[Element], Shape]:
    """The shape of every class of the metamodel."""
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Element)]
    found = {kind: Shape(kind, tag_of(kind)) for kind in kinds}
    for shape in found.values():
        _fill(shape, found)
    return found


@cache
def standard_tags() -> frozenset[str]:
    """Every tag that the standard has anywhere: what else stands in its namespaces is unknown, not misplaced."""
    return frozenset(tag for shape in shapes().values() for tag in (shape.tag, *shape.children))


def _fill(shape: Shape, known: dict[type[Element], Shape]) -> None:
    kind = shape.kind
    hints = typing.get_type_hints(kind)
    declared = [(f.name, f.metadata["xml"]) for f in dataclasses.fields(kind) if "xml" in f.metadata]
    declared.sort(key=lambda item: item[1].last)
    for name, binding in declared:
        held = _held(hints[name])
        if binding.kind == "attribute":
            written = binding.name or xml_name(name)
            shape.attributes[written] = AttributeSlot(written, name, _parser(name, binding, held), held is not str)
        elif binding.kind == "body":
            shape.body, shape.body_strip = name, binding.strip
        else:
            _add_child(shape, name, binding, held, known)


def _add_child(shape: Shape, name: str, binding: Binding, held: Any, known: dict[type[Element], Shape]) -> None:
    slot = ChildSlot(name, binding.many, binding.strip, len(shape.slots), None, binding.kind == "text")
    shape.slots.append(slot)
    if binding.kind == "child":
        for kind, inner in known.items():
            if issubclass(kind, held):
                if kind in ABSTRACT:
                    shape.heads.setdefault(inner.tag, slot)
                else:
                    shape.children.setdefault(inner.tag, (slot, inner))
        return
    slot.tag = f"{{{binding.namespace or MODEL}}}{binding.name or xml_name(name)}"
    if binding.kind == "role":
        slot.shape = known[held]
    shape.children[slot.tag] = (slot, slot.shape)


def _parser(name: str, binding: Binding, held: Any) -> Callable[[str], Any]:
    return parse_reference if binding.reference or name == "id" else PARSERS[held]


def _held(annotation: Any) -> Any:
    """The class inside `X | None` or `list[X]`."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) in (list, typing.Union):
        return next(part for part in typing.get_args(annotation) if part is not type(None))
    return annotation


@cache
def typed_shapes() -> dict[str, Shape]:
    """Shapes by the name of their type in the schema, which `xsi:type` names: `tUserTask`."""
    return {f"t{kind.__name__}": shape for kind, shape in shapes().items() if kind not in ABSTRACT}


@cache
def fragment_shapes() -> dict[str, Shape]:
    """Shapes by their tag: what may be the root of a file that holds a part of a document."""
    return {
        shape.tag: shape
        for kind, shape in shapes().items()
        if kind not in ABSTRACT and issubclass(kind, model.BaseElement)
    }
