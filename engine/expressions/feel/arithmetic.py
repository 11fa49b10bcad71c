"""FEEL's arithmetic over numbers, texts, dates, times and durations; null where it makes no sense."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.expressions.evaluation import MAX_TEXT, too_big
from engine.expressions.feel import numbers
from engine.expressions.feel.far import combined, difference, parts, shifted
from engine.expressions.feel.numbers import decimal_of, is_number
from engine.values import YearsMonths

_MICRO = timedelta(microseconds=1)


def add(left: Any, right: Any) -> Any:
    """`+`"""
    if is_number(left) and is_number(right):
        return numbers.add(left, right)
    kinds = (type(parts(left)[0]), type(parts(right)[0]))
    if kinds == (str, str):
        if len(left) + len(right) > MAX_TEXT:
            raise too_big()
        return left + right
    if kinds[0] in (timedelta, YearsMonths) and kinds[1] in (date, datetime, time):
        left, right = right, left
    return _shifted(left, right, 1)


def subtract(left: Any, right: Any) -> Any:
    """`-`"""
    if is_number(left) and is_number(right):
        return numbers.subtract(left, right)
    first, second = type(parts(left)[0]), type(parts(right)[0])
    if (first in (date, datetime) and second in (date, datetime)) or (first is time and second is time):
        try:
            return difference(moment(left), moment(right))
        except OverflowError:
            return None
    return _shifted(left, right, -1)


def moment(value: Any) -> Any:
    """A date as its first moment, in UTC, so that it compares with others."""
    return combined(value, time(tzinfo=UTC)) if type(parts(value)[0]) is date else value


def _shifted(left: Any, right: Any, sign: int) -> Any:
    if type(left) is YearsMonths:
        return YearsMonths(left.months + sign * right.months) if type(right) is YearsMonths else None
    if type(parts(left)[0]) in (date, datetime, time, timedelta):
        return shifted(left, right, sign)
    return None


def multiply(left: Any, right: Any) -> Any:
    """`*`"""
    if is_number(left) and is_number(right):
        return numbers.multiply(left, right)
    if is_number(left):
        left, right = right, left
    return _scaled(left, right, numbers.CONTEXT.multiply) if is_number(right) else None


def divide(left: Any, right: Any) -> Any:
    """`/`"""
    if is_number(left) and is_number(right):
        return numbers.divide(left, right)
    if type(left) is timedelta and type(right) is timedelta:
        return numbers.divide(left // _MICRO, right // _MICRO)
    if type(left) is YearsMonths and type(right) is YearsMonths:
        return numbers.divide(left.months, right.months)
    return _scaled(left, right, numbers.CONTEXT.divide) if is_number(right) else None


def _scaled(duration: Any, factor: Any, apply: Callable[[Decimal, Decimal], Decimal]) -> Any:
    try:
        if type(duration) is timedelta:
            return int(apply(decimal_of(duration // _MICRO), decimal_of(factor))) * _MICRO
        if type(duration) is YearsMonths:
            return YearsMonths(int(apply(decimal_of(duration.months), decimal_of(factor))))
    except (ArithmeticError, ValueError):
        return None
    return None


def power(left: Any, right: Any) -> Any:
    """`**`"""
    return numbers.power(left, right) if is_number(left) and is_number(right) else None


def negative(value: Any) -> Any:
    """`-` before a value."""
    if is_number(value):
        return numbers.subtract(0, value)
    if type(parts(value)[0]) is timedelta:
        return shifted(timedelta(0), value, -1)
    return YearsMonths(-value.months) if type(value) is YearsMonths else None


BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}
