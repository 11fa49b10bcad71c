"""A field of a form: what it asks for, how it is shown, and what the text that comes back means."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

PREFIX = "field."
KINDS = {
    "string": "text",
    "text": "text",
    "multiline": "multiline",
    "textarea": "multiline",
    "long": "integer",
    "int": "integer",
    "integer": "integer",
    "double": "number",
    "float": "number",
    "number": "number",
    "decimal": "decimal",
    "boolean": "boolean",
    "bool": "boolean",
    "date": "date",
    "datetime": "datetime",
    "enum": "choice",
    "dropdown": "choice",
    "json": "json",
    "object": "json",
}


@dataclass(frozen=True, slots=True)
class Field:
    """`kind` is one of text, multiline, integer, number, decimal, boolean, date, datetime, choice, json.

    `name` is the variable that is written. `value` is what is there before, None for nothing.
    """

    name: str
    label: str
    kind: str = "text"
    value: Any = None
    required: bool = False
    writable: bool = True
    options: tuple[tuple[str, str], ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The value as the input element has it."""
        if self.value is None:
            return ""
        if self.kind == "json":
            return json.dumps(self.value, ensure_ascii=False, indent=2, default=str)
        if isinstance(self.value, datetime):
            return self.value.strftime("%Y-%m-%dT%H:%M") if self.kind == "datetime" else self.value.date().isoformat()
        if isinstance(self.value, float) and self.value.is_integer() and abs(self.value) < 1e15:
            return str(int(self.value))
        return self.value.isoformat() if isinstance(self.value, date) else str(self.value)


class Unreadable(Exception):
    """What was typed is not what the field asks for; the message says what it should be."""


def read(asked: Field, text: str) -> Any:
    """The value that a text stands for; None for an empty one."""
    if asked.kind == "boolean":
        return text in {"on", "true"}
    if asked.kind not in {"text", "multiline"}:
        text = text.strip()
    if not text:
        return None
    value = READERS.get(asked.kind, _text)(text)
    if asked.kind == "choice" and value not in dict(asked.options):
        raise Unreadable("Choose one of the answers.")
    _check(asked, value)
    return value


def _text(text: str) -> str:
    return text.replace("\r\n", "\n")


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Unreadable("Write a whole number, for example 12.") from None


def _plain_number(text: str) -> str:
    """Numbers as people write them: a comma for the decimal point, blanks between thousands."""
    text = text.replace("\u00a0", "").replace(" ", "")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _number(text: str) -> float:
    try:
        value = float(_plain_number(text))
    except ValueError:
        raise Unreadable("Write a number, for example 12.5.") from None
    if not math.isfinite(value):
        raise Unreadable("Write a number, for example 12.5.")
    return value


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(_plain_number(text))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise Unreadable("Write a number, for example 12.5.")
    return value


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable("Write a date as year-month-day, for example 2026-03-31.") from None


def _datetime(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable("Write a date and time, for example 2026-03-31 14:30.") from None


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unreadable('Write JSON, for example ["a", "b"].') from None


READERS = {
    "integer": _integer,
    "number": _number,
    "decimal": _decimal,
    "date": _date,
    "datetime": _datetime,
    "json": _json,
}


def _check(asked: Field, value: Any) -> None:
    """The rules a model declares: smallest and largest value, shortest and longest text."""
    rules = asked.rules
    for rule, wrong, words in (
        ("min", lambda bound: value < bound, "at least"),
        ("max", lambda bound: value > bound, "at most"),
    ):
        bound = _bound(rules.get(rule))
        if bound is not None and isinstance(value, int | float | Decimal) and wrong(bound):
            raise Unreadable(f"This must be {words} {rules[rule]}.")
    for rule, wrong, words in (
        ("minlength", lambda bound: len(value) < bound, "at least"),
        ("maxlength", lambda bound: len(value) > bound, "at most"),
    ):
        bound = _bound(rules.get(rule))
        if bound is not None and isinstance(value, str) and wrong(bound):
            raise Unreadable(f"Write {words} {rules[rule]} characters.")


def _bound(text: str | None) -> Decimal | None:
    try:
        bound = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return bound if bound is not None and bound.is_finite() else None
