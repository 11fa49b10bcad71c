"""What is wrong with an expression or a script: where, in which language, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from engine.errors import Invalid
from engine.values import YearsMonths


class ExpressionError(Invalid):
    """The expression cannot be evaluated.

    `position` is the offset of the trouble in `text` (None where it is the whole), `line` counts from 1 in scripts.
    """

    def __init__(
        self,
        message: str | None = None,
        text: str = "",
        language: str = "",
        position: int | None = None,
        fix: str = "",
        line: int | None = None,
    ) -> None:
        super().__init__(message, fix=fix)
        self.text = text
        self.language = language
        self.position = position
        self.line = line if line is not None or position is None else text.count("\n", 0, position) + 1


class OverBudget(ExpressionError):
    """The expression needs more steps or room than it may."""


class ThrownError(Exception):
    """A BPMN error that a script throws on purpose, on its way to whoever runs the script, with `data` beside it."""

    def __init__(self, code: str, message: str | None = None, data: dict[str, Any] | None = None) -> None:
        super().__init__(message or code)
        self.code = code
        self.message = message
        self.data = data or {}


def near(name: str, known: Iterable[str]) -> str:
    """A fix that names what was probably meant: the close names, or all where they are few."""
    names = sorted({item for item in known if isinstance(item, str)})
    close = ", ".join(map(repr, get_close_matches(name, names, n=3, cutoff=0.6)))
    if close:
        return f"Did you mean one of {close}?" if ", " in close else f"Did you mean {close}?"
    if 0 < len(names) <= 12:
        return f"There is: {', '.join(names)}."
    return ""


def misfit(error: Exception) -> str:
    """What an operation of Python says about values it does not take, without naming the engine's insides."""
    shown = str(error)
    if isinstance(error, TypeError) and "argument" in shown:
        return "it does not take these arguments"
    return shown or type(error).__name__


_KINDS: dict[type, str] = {
    type(None): "nothing (null)",
    bool: "yes/no",
    int: "a whole number",
    float: "a number",
    Decimal: "a decimal number",
    str: "a text",
    bytes: "bytes",
    list: "a list",
    tuple: "a list",
    dict: "a dictionary",
    set: "a set",
    frozenset: "a set",
    datetime: "a date and time",
    date: "a date",
    time: "a time",
    timedelta: "a duration",
    YearsMonths: "a duration in months",
}


def kind_of(value: Any) -> str:
    """What a value is, in words for the person who reads the error."""
    return _KINDS.get(type(value), f"a {type(value).__name__}")


def kind_first(value: Any) -> str:
    """The kind as a sentence begins with it."""
    kind = kind_of(value)
    return kind[0].upper() + kind[1:]
