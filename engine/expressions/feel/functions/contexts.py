"""FEEL's functions on contexts, and on what may be missing."""

from __future__ import annotations

from typing import Any

from engine.expressions.feel.builtin import Builtin, builtin
from engine.expressions.feel.comparison import equal, kind
from engine.expressions.feel.far import parts
from engine.expressions.feel.scope import Scope


def _value(scope: Scope, context: dict[str, Any], key: Any) -> Any:
    if type(key) is str:
        return context.get(key)
    return _value_at(context, key)


def _value_at(context: Any, keys: list[Any]) -> Any:
    found: Any = context
    for key in keys:
        if type(found) is not dict or type(key) is not str:
            return None
        found = found.get(key)
    return found


def _entries(scope: Scope, context: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(scope: Scope, entries: list[Any]) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for entry in entries:
        if type(entry) is not dict or type(entry.get("key")) is not str or "value" not in entry:
            return None
        if entry["key"] in found:
            return None
        found[entry["key"]] = entry["value"]
    return found


def _put(scope: Scope, context: dict[str, Any], key: Any, value: Any) -> dict[str, Any] | None:
    keys = [key] if type(key) is str else key
    if not keys or any(type(item) is not str for item in keys):
        return None
    first, *rest = keys
    if not rest:
        return {**context, first: value}
    inner = context.get(first)
    if inner is None:
        inner = {}
    if type(inner) is not dict:
        return None
    changed = _put(scope, inner, rest, value)
    return None if changed is None else {**context, first: changed}


def _merge(scope: Scope, *contexts: Any) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for context in contexts[0] if len(contexts) == 1 and type(contexts[0]) is list else contexts:
        if type(context) is not dict:
            return None
        found.update(context)
    return found


def _is(scope: Scope, left: Any, right: Any) -> bool:
    """The same value of the same kind, with the same zone where it has one."""
    if left is None or right is None:
        return left is right
    if kind(left) != kind(right):
        return False
    if kind(left) in ("time", "date and time"):
        (first, *far), (second, *other) = parts(left), parts(right)
        same = first.replace(tzinfo=None) == second.replace(tzinfo=None) and far == other
        return bool(same and _zone(first) == _zone(second))
    return equal(left, right) is True


def _zone(value: Any) -> Any:
    """The zone by its name, or else the offset."""
    return getattr(value.tzinfo, "key", None) or value.utcoffset()


def _not(scope: Scope, value: Any) -> bool | None:
    return not value if type(value) is bool else None


def _or_else(scope: Scope, value: Any, default: Any) -> Any:
    return default if value is None else value


CONTEXT_FUNCTIONS: dict[str, Builtin] = {
    "get value": builtin(_value, "m: context, key: string|list", "context: context, key: string|list"),
    "get entries": builtin(_entries, "m: context", "context: context"),
    "context": builtin(_context, "entries: list"),
    "context put": builtin(
        _put,
        "context: context, key: string, value: any",
        "context: context, keys: list, value: any",
    ),
    "context merge": builtin(_merge, "contexts: list", "contexts...: context"),
    "is": builtin(_is, "value1: any, value2: any"),
    "not": builtin(_not, "negand: any"),
    "is defined": builtin(lambda scope, value: value is not None, "value: any"),
    "get or else": builtin(_or_else, "value: any, default: any"),
}
