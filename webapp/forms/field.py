"""A field of a form: what it asks for, how it is shown, and what the text that comes back means."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.forms import UNREADABLE, Rule, rules_of
from webapp.engine_words import told
from webapp.locale_formats import plain_number, typed_number
from webapp.zones import here, meant

PREFIX = "field."


@dataclass(frozen=True, slots=True)
class Field:
    """`kind` is one of those of `engine.forms`.

    `name` is the variable that is written. `value` is what is there before, None for nothing. `rules` are the model's
    constraints by name.
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
    def checks(self) -> list[Rule]:
        return rules_of(self.kind, self.rules)

    @property
    def unreadable(self) -> str:
        """What to say of a text that the field cannot mean."""
        return told(UNREADABLE[self.kind])

    @property
    def shown(self) -> str:
        """The value as the input element has it."""
        if self.value is None:
            return ""
        if self.kind == "json":
            return json.dumps(self.value, ensure_ascii=False, indent=2, default=str)
        if isinstance(self.value, datetime):
            value = here(self.value)
            return value.strftime("%Y-%m-%dT%H:%M") if self.kind == "datetime" else value.date().isoformat()
        if self.kind == "file":
            return str(self.value.get("name", "")) if isinstance(self.value, Mapping) else str(self.value)
        if isinstance(self.value, float) and self.value.is_integer() and abs(self.value) < 1e15:
            return str(int(self.value))
        if isinstance(self.value, float | Decimal):
            return typed_number(self.value)
        return self.value.isoformat() if isinstance(self.value, date) else str(self.value)

    @property
    def said(self) -> Any:
        """The value as people know it: an answer by its label."""
        labels = dict(self.options)
        if isinstance(self.value, list | tuple):
            return [labels.get(str(each), each) for each in self.value] if labels else self.value
        return labels.get(str(self.value), self.value) if self.value is not None else None

    @property
    def ticked(self) -> list[str]:
        """The answers that are chosen already, where several may be."""
        return [str(each) for each in self.value] if isinstance(self.value, list | tuple) else []


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
    if isinstance(value, datetime) and isinstance(asked.value, datetime) and asked.value.tzinfo:
        value = meant(value)
    if asked.kind == "choice" and value not in dict(asked.options):
        raise Unreadable(told(UNREADABLE["choice"]))
    for rule in asked.checks:
        if rule.broken_by(value):
            raise Unreadable(told(rule.message))
    return value


def read_several(asked: Field, texts: list[str]) -> list[str] | None:
    """The answers that were ticked, None for none."""
    if asked.options and not set(texts) <= set(dict(asked.options)):
        raise Unreadable(told(UNREADABLE["choices"]))
    return texts or None


def _text(text: str) -> str:
    return text.replace("\r\n", "\n")


def _integer(text: str) -> int:
    try:
        return int(plain_number(text))
    except ValueError:
        raise Unreadable(told(UNREADABLE["integer"])) from None


def _number(text: str) -> float:
    try:
        value = float(plain_number(text))
    except ValueError:
        raise Unreadable(told(UNREADABLE["number"])) from None
    if not math.isfinite(value):
        raise Unreadable(told(UNREADABLE["number"]))
    return value


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(plain_number(text))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise Unreadable(told(UNREADABLE["number"]))
    return value


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(told(UNREADABLE["date"])) from None


def _datetime(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(told(UNREADABLE["datetime"])) from None


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unreadable(told(UNREADABLE["json"])) from None


READERS = {
    "integer": _integer,
    "number": _number,
    "decimal": _decimal,
    "date": _date,
    "datetime": _datetime,
    "json": _json,
}
