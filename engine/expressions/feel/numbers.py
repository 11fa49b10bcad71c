"""FEEL's numbers: decimals of 34 digits. Whole numbers stay `int` as long as the result is whole."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal
from typing import Any

CONTEXT = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
Number = int | Decimal
_LARGE = 10**34


def literal(text: str) -> Number | None:
    """The number written; None where it is past what a number may be."""
    return number_of(text)


def number_of(text: str) -> Number | None:
    """The number a text spells, or None."""
    try:
        return tidy(CONTEXT.create_decimal(text), whole="." not in text)
    except (decimal.DecimalException, ValueError):
        return None


def is_number(value: Any) -> bool:
    """Whether the value is a number (yes and no are not)."""
    return type(value) in (int, Decimal, float)


def exact(value: Any) -> Number:
    """A number as FEEL computes with it."""
    if type(value) is float:
        return Decimal(repr(value))
    return value  # type: ignore[no-any-return]


def decimal_of(value: Any) -> Decimal:
    """A number as a Decimal of at most 34 digits."""
    return CONTEXT.create_decimal(repr(value) if type(value) is float else value)


def tidy(value: Decimal, *, whole: bool = True) -> Number:
    """An integer where the value is one and can be written in 34 digits."""
    if whole and value.is_finite() and value.adjusted() < 34 and value == value.to_integral_value():
        return int(value)
    return value


def calculated(apply: Callable[[Decimal, Decimal], Decimal], left: Any, right: Any) -> Number | None:
    """The result in FEEL's context, null where there is none."""
    try:
        return tidy(apply(decimal_of(left), decimal_of(right)), whole=type(left) is int and type(right) is int)
    except decimal.DecimalException:
        return None


def add(left: Any, right: Any) -> Number | None:
    """`+`"""
    if type(left) is int and type(right) is int and -_LARGE < left + right < _LARGE:
        return left + right
    return calculated(CONTEXT.add, left, right)


def subtract(left: Any, right: Any) -> Number | None:
    """`-`"""
    if type(left) is int and type(right) is int and -_LARGE < left - right < _LARGE:
        return left - right
    return calculated(CONTEXT.subtract, left, right)


def multiply(left: Any, right: Any) -> Number | None:
    """`*`"""
    return calculated(CONTEXT.multiply, left, right)


def divide(left: Any, right: Any) -> Number | None:
    """`/`; null by zero."""
    return calculated(CONTEXT.divide, left, right)


def power(left: Any, right: Any) -> Number | None:
    """`**`"""
    return calculated(CONTEXT.power, left, right)


def spelled(value: Any) -> str:
    """The number as FEEL writes it: no exponent, no needless zeros."""
    number = decimal_of(value)
    if abs(number.adjusted()) > 400:
        return str(number)
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
