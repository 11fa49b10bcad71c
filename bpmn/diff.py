"""What changed from one file to another, element by element. The drawing does not count: it says where, not what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal

from bpmn.model import BaseElement, Definitions, EventDefinition, FlowElement, Lane, MessageFlow, Participant
from bpmn.model.foundation import Element, RootElement
from bpmn.model.markup import Foreign
from bpmn.model.walk import children_of

Kind = Literal["added", "removed", "changed"]
# A node repeats its flows, and a file may leave the repetition out.
REPEATED = {"incoming", "outgoing"}


@dataclass(frozen=True, slots=True)
class Change:
    """An element that is not as it was; a removed one is the old file's. `aspects` is in what, in the file's words."""

    kind: Kind
    element: BaseElement
    aspects: tuple[str, ...] = ()


def diff(old: Definitions, new: Definitions) -> list[Change]:
    """The changes in the order of the new file, then what it no longer has. Elements are the same by their ids."""
    before, after = dict(_compared(old)), dict(_compared(new))
    changes: list[Change] = []
    for key, element in after.items():
        if key not in before:
            changes.append(Change("added", element))
            continue
        aspects = _different(before[key], element)
        if aspects:
            changes.append(Change("changed", element, aspects))
    changes.extend(Change("removed", element) for key, element in before.items() if key not in after)
    return changes


def _stands_alone(element: Element) -> bool:
    """Whether an element is compared by itself, not as a part of what it stands in."""
    kinds = (FlowElement, Lane, MessageFlow, Participant, RootElement)
    return isinstance(element, kinds) and not isinstance(element, EventDefinition)


def _compared(definitions: Definitions) -> Iterator[tuple[str, BaseElement]]:
    seen: set[str] = set()
    unnamed = 0
    roots = {id(each) for each in definitions.root_elements}
    for element in definitions.index.elements:
        if not _stands_alone(element) and id(element) not in roots:
            continue
        key = element.id or ""
        if not key or key in seen:
            unnamed += 1
            key = f"{type(element).__name__} {unnamed}"
        seen.add(key)
        yield key, element


def _different(old: BaseElement, new: BaseElement) -> tuple[str, ...]:
    if type(old) is not type(new):
        return ("type",)
    was, now = _description(old), _description(new)
    return tuple(name for name in {**now, **was} if was.get(name) != now.get(name))


def _description(element: BaseElement) -> dict[str, Any]:
    """Everything that a file says of the element itself, by the XML name under which it is said."""
    said: dict[str, Any] = {name.rpartition("}")[2]: text for name, text in element.foreign_attributes.items()}
    for field in fields(element):
        binding = field.metadata.get("xml")
        if binding is None or field.name == "id" or field.name in REPEATED:
            continue
        value = getattr(element, field.name)
        name = binding.name or _camel(field.name)
        if binding.kind in ("child", "role"):
            parts = value if binding.many else [value]
            value = [list(_parts(part)) for part in parts if part is not None and not _stands_alone(part)]
        elif binding.many:
            value = sorted(value)
        if value not in (None, [], ""):
            said[name] = value
    for each in element.extensions:
        said.setdefault(each.name, []).extend(_foreign_parts(each))
    return said


def _parts(element: Element) -> Iterator[Any]:
    """A part with all inside it, flat: nesting may be deeper than Python can follow."""
    waiting: list[tuple[int, Element]] = [(0, element)]
    while waiting:
        depth, each = waiting.pop()
        values = [
            (field.name, getattr(each, field.name))
            for field in fields(each)
            if "xml" in field.metadata and field.metadata["xml"].kind not in ("child", "role") and field.name != "id"
        ]
        yield depth, type(each).__name__, values, sorted(each.foreign_attributes.items())
        if isinstance(each, BaseElement):
            yield from (part for extension in each.extensions for part in _foreign_parts(extension))
        waiting.extend((depth + 1, inner) for inner in reversed(children_of(each)))


def _foreign_parts(element: Foreign) -> Iterator[Any]:
    waiting: list[tuple[int, Foreign]] = [(0, element)]
    while waiting:
        depth, each = waiting.pop()
        yield depth, each.namespace, each.name, sorted(each.attributes.items()), each.text.strip()
        waiting.extend((depth + 1, inner) for inner in reversed(each.children))


def _camel(name: str) -> str:
    first, *others = name.removesuffix("_").split("_")
    return first + "".join(part.capitalize() for part in others)
