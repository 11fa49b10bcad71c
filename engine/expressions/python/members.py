"""What may be read and called on a plain value: its properties and methods, by kind, none of which changes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.expressions.errors import ExpressionError
from engine.expressions.evaluation import LISTS, MAX_TEXT, Evaluation, too_big
from engine.values import YearsMonths

Method = Callable[..., Any]

_DATE = frozenset({"year", "month", "day"})
_TIME = frozenset({"hour", "minute", "second", "microsecond", "fold"})
PROPERTIES: dict[type, frozenset[str]] = {
    date: _DATE,
    datetime: _DATE | _TIME,
    time: _TIME,
    timedelta: frozenset({"days", "seconds", "microseconds"}),
    YearsMonths: frozenset({"months"}),
    int: frozenset({"real", "numerator", "denominator"}),
    float: frozenset({"real"}),
}


def _plain(name: str) -> Method:
    """A method as Python has it, whose result is no larger than what it is called on, by a small factor."""

    def call(evaluation: Evaluation, value: Any, *arguments: Any, **named: Any) -> Any:
        if type(value) in (str, bytes):
            evaluation.spend(len(value) >> 4)
        else:
            evaluation.weighed(value)
        return listed(getattr(value, name)(*arguments, **named))

    return call


def listed(value: Any) -> Any:
    """A view or an iterator as a list, so that the result is a value."""
    return list(value) if type(value).__name__ in ("dict_keys", "dict_values", "dict_items") else value


def _padded(name: str) -> Method:
    def call(evaluation: Evaluation, value: str, width: int, *fill: str) -> Any:
        if type(width) is int and width > MAX_TEXT:
            raise too_big()
        return getattr(value, name)(width, *fill)

    return call


def _replace(evaluation: Evaluation, value: str, old: str, new: str, count: int = -1) -> str:
    evaluation.spend(len(value) >> 4)
    times = value.count(old) if count < 0 else min(count, value.count(old))
    if len(value) + times * (len(new) - len(old)) > MAX_TEXT:
        raise too_big()
    return value.replace(old, new, count)


def _join(evaluation: Evaluation, value: str, items: Any) -> str:
    if type(items) not in LISTS and type(items) not in (dict, str):
        raise TypeError("only a list can be joined")
    evaluation.spend(len(items))
    if sum(len(item) if type(item) is str else 0 for item in items) + len(value) * len(items) > MAX_TEXT:
        raise too_big()
    return value.join(items)


def _strftime(evaluation: Evaluation, value: date | time, pattern: str) -> str:
    return value.strftime(time_pattern(pattern))


def time_pattern(pattern: str) -> str:
    """The pattern, unless it asks the C library for a width, which may be any."""
    if len(pattern) > 200 or re.search(r"%-?[^A-Za-z%-]", pattern) or "\0" in pattern:
        raise ExpressionError(f"The date pattern {pattern[:40]!r} is not possible.", fix="Write for example %Y-%m-%d.")
    return pattern


def _timestamp(evaluation: Evaluation, value: datetime) -> float:
    """Seconds since 1970; a moment without a zone is in UTC, whatever this machine's zone."""
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()


def _same_kind(name: str) -> Method:
    def call(evaluation: Evaluation, value: Any, *arguments: Any, **named: Any) -> Any:
        return getattr(value, name)(*arguments, **named)

    return call


_TEXT = [
    "upper", "lower", "strip", "lstrip", "rstrip", "startswith", "endswith", "split", "rsplit", "splitlines", "find",
    "rfind", "index", "count", "title", "capitalize", "casefold", "isdigit", "isalpha", "isalnum", "isnumeric",
    "isdecimal", "islower", "isupper", "isspace", "removeprefix", "removesuffix", "partition", "rpartition", "swapcase",
]  # fmt: skip
_MOMENT = {name: _same_kind(name) for name in ("isoformat", "replace")} | {"strftime": _strftime}
_CALENDAR = _MOMENT | {name: _same_kind(name) for name in ("weekday", "isoweekday", "toordinal")}
_LIST = {name: _plain(name) for name in ("index", "count")}
_SET = {
    name: _plain(name)
    for name in (
        "union",
        "intersection",
        "difference",
        "symmetric_difference",
        "issubset",
        "issuperset",
        "isdisjoint",
    )
}
METHODS: dict[type, dict[str, Method]] = {
    str: {name: _plain(name) for name in _TEXT}
    | {name: _padded(name) for name in ("zfill", "ljust", "rjust", "center")}
    | {"replace": _replace, "join": _join},
    dict: {name: _plain(name) for name in ("get", "keys", "values", "items")},
    list: _LIST,
    tuple: _LIST,
    set: _SET,
    frozenset: _SET,
    date: _CALENDAR,
    datetime: _CALENDAR
    | {name: _same_kind(name) for name in ("date", "time", "timetz", "utcoffset")}
    | {"timestamp": _timestamp},
    time: _MOMENT,
    timedelta: {"total_seconds": _same_kind("total_seconds")},
    Decimal: {
        name: _same_kind(name) for name in ("quantize", "is_nan", "is_finite", "is_zero", "normalize", "copy_abs")
    },
    int: {"bit_length": _same_kind("bit_length")},
    float: {"is_integer": _same_kind("is_integer")},
    bytes: {"hex": _plain("hex")},
}
# The methods that Python has and an expression has not, because it never changes a variable.
CHANGING = frozenset({
    "append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse", "update", "setdefault", "popitem", "add",
    "discard",
})  # fmt: skip
