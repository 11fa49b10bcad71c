"""Values as people read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine import values
from webapp.zones import here


def spelled(value: Any) -> str:
    """A value on a page: texts, numbers and lists of texts as they are, yes and no, a file's name, all else as JSON."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "–"
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return f"{int(value) if whole else value:,}"
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return here(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dict) and "attachment" in value:
        return str(value.get("name", ""))
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return values.encode(value) if isinstance(value, dict | list) else str(value)
