"""FEEL's comparisons, which are true, false, or null where the two do not compare."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from engine.expressions.feel.far import Far, aware, instant
from engine.expressions.feel.numbers import exact, is_number
from engine.expressions.feel.scope import Function, Range
from engine.values import YearsMonths

_KINDS: dict[type, str] = {
    bool: "boolean",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    tuple: "list",
    set: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}


def kind(value: Any) -> str:
    """The name of the value's type in FEEL."""
    if type(value) is Far:
        value = value.base
    return "number" if is_number(value) else _KINDS.get(type(value), "any")


def equal(left: Any, right: Any) -> bool | None:
    """`=`: null equals only null; of two kinds there is no answer."""
    if left is None or right is None:
        return left is right
    first = kind(left)
    if first != kind(right):
        return None
    if first == "number":
        return bool(exact(left) == exact(right))
    if type(left) is Far or type(right) is Far:
        return instant(left) == instant(right) if aware(left) is aware(right) else None
    if first == "list":
        return _all_equal(list(left), list(right))
    if first == "context":
        if left.keys() != right.keys():
            return False
        return _all_equal(list(left.values()), [right[key] for key in left])
    if first == "range":
        return _equal_ranges(left, right)
    if first == "time":
        return same_time(left, right)
    if first == "date and time":
        return None if (left.tzinfo is None) is not (right.tzinfo is None) else bool(left == right)
    if first == "function":
        return left is right
    return bool(left == right)


def _all_equal(left: list[Any], right: list[Any]) -> bool:
    return len(left) == len(right) and all(equal(one, two) is True for one, two in zip(left, right, strict=True))


def _equal_ranges(left: Range, right: Range) -> bool:
    return (
        (left.start_included, left.end_included, left.sign) == (right.start_included, right.end_included, right.sign)
        and equal(left.start, right.start) is True
        and equal(left.end, right.end) is True
    )


def same_time(left: time, right: time) -> bool | None:
    """Two times of day, at one moment where both have an offset."""
    ordered = _times(left, right)
    return None if ordered is None else ordered[0] == ordered[1]


def _times(left: time, right: time) -> tuple[Any, Any] | None:
    if (left.tzinfo is None) is not (right.tzinfo is None):
        return None
    if left.tzinfo is None:
        return left, right
    day = date(1970, 1, 1)
    return datetime.combine(day, left).astimezone(UTC), datetime.combine(day, right).astimezone(UTC)


def order(left: Any, right: Any) -> int | None:
    """-1, 0 or 1; None where the two have no order."""
    first = kind(left)
    if first != kind(right) or first in ("list", "context", "range", "function", "boolean", "any"):
        return None
    if type(left) is Far or type(right) is Far:
        if aware(left) is not aware(right):
            return None
        left, right = instant(left), instant(right)
    elif first == "number":
        left, right = exact(left), exact(right)
    elif first == "time":
        pair = _times(left, right)
        if pair is None:
            return None
        left, right = pair
    elif first == "date and time" and (left.tzinfo is None) is not (right.tzinfo is None):
        return None
    return int(left > right) - int(left < right)


def compare(sign: str, left: Any, right: Any) -> bool | None:
    """One of = != < <= > >=."""
    if sign in ("=", "!="):
        same = equal(left, right)
        return same if sign == "=" or same is None else not same
    ordered = order(left, right)
    if ordered is None:
        return None
    return {"<": ordered < 0, "<=": ordered <= 0, ">": ordered > 0, ">=": ordered >= 0}[sign]


def in_range(value: Any, wanted: Range) -> bool | None:
    """Whether the value lies within the range."""
    if wanted.sign in ("=", "!="):
        return compare(wanted.sign, value, wanted.start if wanted.start is not None else wanted.end)
    if not wanted.sign and (wanted.start is None or wanted.end is None):
        return None
    low: bool | None = True
    high: bool | None = True
    if wanted.start is not None:
        low = compare(">=" if wanted.start_included else ">", value, wanted.start)
    if wanted.end is not None:
        high = compare("<=" if wanted.end_included else "<", value, wanted.end)
    return both(low, high)


def is_in(value: Any, tests: Any) -> bool | None:
    """`in` one test: a range, a list that has it or a test of it that holds, or the value itself."""
    if type(tests) is Range:
        return in_range(value, tests)
    if type(tests) in (list, tuple):
        if type(value) in (list, tuple) and equal(value, tests) is True:
            return True
        found = False
        for item in tests:
            if type(item) is Range:
                if in_range(value, item):
                    return True
            elif type(item) in (list, tuple) and type(value) not in (list, tuple):
                found = found or is_in(value, item) is True
            else:
                found = found or equal(value, item) is True
        return found
    return equal(value, tests)


def both(left: Any, right: Any) -> bool | None:
    """`and` in three values."""
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def either(left: Any, right: Any) -> bool | None:
    """`or` in three values."""
    if left is True or right is True:
        return True
    return False if left is False and right is False else None
