"""How JUEL turns one kind of value into another (EL 2.2, section 1.18): null is "", 0 or false, "5" is 5."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.expressions.errors import ExpressionError, kind_first
from engine.expressions.evaluation import MAX_TEXT, Evaluation, is_exposed, too_big

Number = int | float | Decimal


def to_boolean(value: Any) -> bool:
    """True only for true and "true"; null and "" are false, other kinds an error."""
    if value is True or value is False:
        return bool(value)
    if value is None or value == "":
        return False
    if type(value) is str:
        return value.lower() == "true"
    raise _cannot(value, "yes or no")


def to_number(value: Any) -> Number:
    """A number; null and "" are 0."""
    kind = type(value)
    if kind is int or kind is float or kind is Decimal:
        return value  # type: ignore[no-any-return]
    if value is None or value == "":
        return 0
    if kind is str:
        return _parsed(value)
    raise _cannot(value, "a number")


def _parsed(text: str) -> Number:
    digits = text.strip()
    if len(digits) > 400:
        raise _cannot(text, "a number")
    try:
        return float(digits) if any(mark in digits for mark in ".eE") else int(digits)
    except ValueError:
        raise _cannot(text, "a number") from None


def to_text(value: Any, evaluation: Evaluation | None = None) -> str:
    """The text of a value as Java writes it; null is "". Moments are written as ISO 8601."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if evaluation is not None:
        evaluation.weighed(value)
    parts: list[str] = []
    _write(value, parts)
    if sum(map(len, parts)) > MAX_TEXT:
        raise too_big()
    return "".join(parts)


def _write(value: Any, parts: list[str]) -> None:
    kind = type(value)
    if value is None:
        parts.append("null")
    elif kind is bool:
        parts.append("true" if value else "false")
    elif kind is float:
        parts.append(_double(value))
    elif kind in (str, int, Decimal):
        parts.append(str(value))
    elif isinstance(value, (datetime, date, time)):
        parts.append(value.isoformat())
    elif kind in (list, tuple, set, frozenset):
        _several(value, parts, "[]")
    elif kind is dict:
        _several(value.items(), parts, "{}")
    elif is_exposed(value):
        parts.append(kind.__name__)
    else:
        parts.append(str(value))


def _several(items: Any, parts: list[str], brackets: str) -> None:
    parts.append(brackets[0])
    for index, item in enumerate(items):
        if index:
            parts.append(", ")
        if brackets == "{}":
            _write(item[0], parts)
            parts.append("=")
            item = item[1]
        _write(item, parts)
    parts.append(brackets[1])


def _double(value: float) -> str:
    """As Double.toString: 1.0, 1.0E10, Infinity, NaN."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        shown = repr(value)
        return f"{value:f}" if "e" in shown else shown
    digits, _, exponent = f"{Decimal(repr(value)):E}".partition("E")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"{digits if '.' in digits else digits + '.0'}E{int(exponent)}"


def to_decimal(value: Any) -> Decimal:
    """A BigDecimal of any number."""
    number = to_number(value)
    try:
        return Decimal(repr(number)) if type(number) is float else Decimal(number)
    except InvalidOperation:
        raise _cannot(value, "a decimal number") from None


def _cannot(value: Any, wanted: str) -> ExpressionError:
    shown = f" {value[:40]!r}" if type(value) is str else ""
    return ExpressionError(f"{kind_first(value)}{shown} is not {wanted}.")
