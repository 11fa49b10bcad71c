"""The text of a FEEL value, as `string()` gives it."""

from __future__ import annotations

from typing import Any

from engine.expressions.feel.comparison import kind
from engine.expressions.feel.numbers import is_number, spelled
from engine.expressions.feel.scope import Range
from engine.expressions.feel.temporal import write


def written(value: Any) -> str | None:
    """The text; null of null and of functions."""
    if value is None or kind(value) in ("function", "any"):
        return None
    return value if type(value) is str else _inner(value)


def _inner(value: Any) -> str:
    if value is None:
        return "null"
    if type(value) is str:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if type(value) is bool:
        return "true" if value else "false"
    if is_number(value):
        return spelled(value)
    if type(value) in (list, tuple):
        return "[" + ", ".join(_inner(item) for item in value) + "]"
    if type(value) is dict:
        return "{" + ", ".join(f"{_key(key)}: {_inner(item)}" for key, item in value.items()) + "}"
    if type(value) is Range:
        return _range(value)
    return write(value) if kind(value) != "any" else "null"


def _key(key: Any) -> str:
    text = str(key)
    return text if text.replace(" ", "").replace("_", "").isalnum() else _inner(text)


def _range(value: Range) -> str:
    if value.sign:
        return f"{value.sign} {_inner(value.start if value.end is None else value.end)}"
    opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{opening}{_inner(value.start)}..{_inner(value.end)}{closing}"
