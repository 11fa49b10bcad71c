"""What a model asks of a field's value, each rule with the one sentence that browser, portal and engine say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.expressions.patterns import PatternError, compile_pattern
from engine.forms.kinds import NUMBERS, TEXTS

NEEDED = "This is needed."
UNREADABLE = {
    "text": "Write a text.",
    "multiline": "Write a text.",
    "integer": "Write a whole number, for example 12.",
    "number": "Write a number, for example 12.5.",
    "decimal": "Write a number, for example 12.5.",
    "boolean": "Say yes or no.",
    "date": "Write a date as year-month-day, for example 2026-03-31.",
    "datetime": "Write a date and time, for example 2026-03-31 14:30.",
    "choice": "Choose one of the answers.",
    "choices": "Choose among the answers.",
    "json": 'Write JSON, for example ["a", "b"].',
    "file": "Choose a file.",
}
PATTERN_STEPS = 200_000
FORMATS = {
    "email": (r"[^\s@]+@[^\s@]+\.[^\s@]+", "Write an e-mail address, for example ann@example.org."),
    "phone": (r"\+?[0-9 ()/\-]{3,}", "Write a telephone number, for example +49 30 1234567."),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """`name` is min, max, minlength, maxlength or pattern; `bound` is as a browser understands it, too."""

    name: str
    bound: str
    message: str

    def broken_by(self, value: Any) -> bool:
        return _broken[self.name](value, self.bound)


def rules_of(kind: str, constraints: Mapping[str, str]) -> list[Rule]:
    """The rules among a field's constraints that its kind knows; a bound that nobody can read is none."""
    given = {name.lower(): text for name, text in constraints.items()}
    found = []
    for name, message in _bounds(kind):
        bound = given.get(name)
        if bound is not None and _number(bound) is not None:
            found.append(Rule(name, bound, message(bound)))
    if kind == "text":
        # What a text box of one line cannot hold may end up where a line means more: in the header of a mail.
        found.append(Rule("pattern", r"[^\r\n]*", "Write one line."))
    if kind in TEXTS:
        if given.get("validationtype", "").lower() in FORMATS:
            found.append(Rule("pattern", *FORMATS[given["validationtype"].lower()]))
        if _is_pattern(given.get("pattern")):
            found.append(Rule("pattern", given["pattern"], "This does not have the form that is asked for."))
    return found


def _bounds(kind: str) -> tuple[tuple[str, Callable[[str], str]], ...]:
    if kind in NUMBERS:
        return (
            ("min", lambda bound: f"This must be at least {bound}."),
            ("max", lambda bound: f"This must be at most {bound}."),
        )
    if kind in TEXTS:
        return (
            ("minlength", lambda bound: f"Write at least {bound} characters."),
            ("maxlength", lambda bound: f"Write at most {bound} characters."),
        )
    return ()


def _number(text: str | None) -> Decimal | None:
    try:
        bound = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return bound if bound is not None and bound.is_finite() else None


def _is_pattern(text: str | None) -> bool:
    if not text:
        return False
    try:
        compile_pattern(text, "")
    except PatternError:
        return False
    return True


class _TooLong(Exception):
    pass


def _matches(value: str, pattern: str) -> bool:
    """Whether the whole text has the form; a pattern that takes too long to tell holds nobody up."""
    left = PATTERN_STEPS

    def spend(steps: int) -> None:
        nonlocal left
        left -= steps
        if left < 0:
            raise _TooLong

    try:
        return compile_pattern(pattern, "").fullmatch(value, spend)
    except _TooLong:
        return True


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


_broken: dict[str, Callable[[Any, str], bool]] = {
    "min": lambda value, bound: _is_number(value) and value < Decimal(bound),
    "max": lambda value, bound: _is_number(value) and value > Decimal(bound),
    "minlength": lambda value, bound: isinstance(value, str) and len(value) < Decimal(bound),
    "maxlength": lambda value, bound: isinstance(value, str) and len(value) > Decimal(bound),
    "pattern": lambda value, bound: isinstance(value, str) and value != "" and not _matches(value, bound),
}
