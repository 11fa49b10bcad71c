"""Texts with `${variable}` in them: the address, headers and body of a request, filled from a process's variables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.services.calls import ServiceFailed

PLACE = re.compile(r"\$\{\s*([^\W\d]\w*(?:\.\w+)*)\s*\}")


def fill(template: Any, variables: Mapping[str, Any], quote: Callable[[str], str] = str) -> Any:
    """Fill strings at any depth. A string that is one place and nothing else becomes the value, of its own kind."""
    if isinstance(template, Mapping):
        return {str(name): fill(entry, variables, quote) for name, entry in template.items()}
    if isinstance(template, list | tuple):
        return [fill(entry, variables, quote) for entry in template]
    if not isinstance(template, str):
        return template
    whole = PLACE.fullmatch(template.strip())
    return _look_up(whole[1], variables) if whole else fill_text(template, variables, quote)


def fill_text(template: str, variables: Mapping[str, Any], quote: Callable[[str], str] = str) -> str:
    """Fill a text; `quote` makes a value safe where it lands."""
    return PLACE.sub(lambda place: quote(_as_text(_look_up(place[1], variables))), template)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _look_up(path: str, variables: Mapping[str, Any]) -> Any:
    """`order.lines.0.price`: entries of dicts and lists only, never attributes."""
    value: Any = variables
    for part in path.split("."):
        if isinstance(value, Mapping) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            raise ServiceFailed(
                f"The request needs {path!r}, and there is no such variable.",
                fix=f"Set {path!r} before this task, or correct the binding.",
                lasting=True,
            )
    return value
