"""FEEL's types, as `instance of` and the parameters of functions name them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from engine.expressions.feel.comparison import kind
from engine.expressions.feel.scope import Function, Range

SIMPLE = frozenset({
    "Any", "Null", "number", "string", "boolean", "date", "time", "date and time", "days and time duration",
    "years and months duration", "list", "context", "function", "range",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Type:
    """A type by its name (empty where it is unknown), with the types of items, entries, parameters and result."""

    name: str
    items: tuple[Type, ...] = ()
    entries: dict[str, Type] = field(default_factory=dict)


def conforms(value: Any, wanted: Type) -> bool:
    """Whether the value is of the type. Null is of every type within another."""
    name = wanted.name
    if name == "Any":
        return True
    if value is None:
        return name == "Null"
    if name == "function":
        return _is_function(value, wanted)
    if name != kind(value):
        return False
    if name == "list" and wanted.items:
        return all(item is None or conforms(item, wanted.items[0]) for item in value)
    if name == "range" and wanted.items:
        ends = [end for end in (value.start, value.end) if end is not None]
        return all(conforms(end, wanted.items[0]) for end in ends)
    if name == "context":
        return all(
            key in value and (value[key] is None or conforms(value[key], inner))
            for key, inner in wanted.entries.items()
        )
    return True


def coerced(value: Any, wanted: Type) -> Any:
    """The value as a result of that type: a list of one is its item or the other way; what does not fit is null."""
    if value is None or conforms(value, wanted):
        return value
    if wanted.name != "list" and type(value) is list and len(value) == 1 and conforms(value[0], wanted):
        return value[0]
    if wanted.name == "list" and type(value) is not list and conforms([value], wanted):
        return [value]
    if wanted.name == "date and time" and kind(value) == "date":
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None


def _is_function(value: Any, wanted: Type) -> bool:
    if type(value) is Function:
        return not wanted.items or len(value.parameters) == len(wanted.items) - 1
    return callable(getattr(value, "run", None)) and type(value) is not Range
