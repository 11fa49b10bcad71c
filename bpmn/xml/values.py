"""The schema's simple types: text into values and back. What does not parse is None, and is kept as written."""

from __future__ import annotations

import math
import re

INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def parse_text(text: str) -> str:
    return text


def parse_reference(text: str) -> str | None:
    """White space around a name means nothing, and an empty reference refers to nothing."""
    return text.strip() or None


def parse_boolean(text: str) -> bool | None:
    """Tools in several languages also write `True`."""
    return BOOLEANS.get(text.strip().lower())


def parse_integer(text: str) -> int | None:
    text = text.strip()
    return int(text) if INTEGER.fullmatch(text) else None


def parse_number(text: str) -> float | None:
    """No infinity and no NaN: they stand for coordinates here."""
    if not NUMBER.fullmatch(text) and not NUMBER.fullmatch(text := text.strip()):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def format_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
