"""FEEL's functions on numbers."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.expressions.feel.builtin import Builtin, builtin
from engine.expressions.feel.far import duration_of, instant
from engine.expressions.feel.numbers import CONTEXT, decimal_of, is_number, tidy
from engine.expressions.feel.scope import Scope
from engine.values import YearsMonths

_MIN_SCALE, _MAX_SCALE = -6111, 6176


def rounding(mode: str) -> Callable[..., Any]:
    """A function that rounds to so many digits after the point."""

    def run(scope: Scope, number: Any, scale: Any = 0) -> Any:
        digits = int(scale)
        if not _MIN_SCALE <= digits <= _MAX_SCALE:
            return None
        value = decimal_of(number)
        step = Decimal(1).scaleb(-digits)
        if value.adjusted() + digits < -1 and mode in (decimal.ROUND_HALF_UP, decimal.ROUND_HALF_EVEN):
            return 0
        if value.is_finite() and -int(value.as_tuple().exponent) <= digits:
            return tidy(value)
        context = decimal.Context(prec=80, rounding=mode, Emin=-6143, Emax=6144)
        return tidy(value.quantize(step, context=context))

    return run


def _modulo(scope: Scope, dividend: Any, divisor: Any) -> Any:
    first, second = decimal_of(dividend), decimal_of(divisor)
    if not second:
        return None
    # dividend - divisor * floor(dividend / divisor): the sign is the divisor's.
    rest = CONTEXT.remainder(first, second)
    if rest and (rest < 0) is not (second < 0):
        rest = CONTEXT.add(rest, second)
    return tidy(rest, whole=type(dividend) is int and type(divisor) is int)


def _abs(scope: Scope, value: Any) -> Any:
    if is_number(value):
        return abs(value)
    if type(value) is YearsMonths:
        return YearsMonths(abs(value.months))
    return duration_of(abs(instant(value)))


def _even(wanted: int) -> Callable[..., Any]:
    def run(scope: Scope, number: Any) -> bool | None:
        value = decimal_of(number)
        return int(value) % 2 == wanted if value == value.to_integral_value() else None

    return run


def _positive(apply: Callable[[Decimal], Decimal], least: int) -> Callable[..., Any]:
    def run(scope: Scope, number: Any) -> Any:
        value = decimal_of(number)
        return None if value < least or (least == 0 and apply == CONTEXT.ln and not value) else tidy(apply(value))

    return run


def _exp(scope: Scope, number: Any) -> Any:
    return tidy(CONTEXT.exp(decimal_of(number)))


_ROUND = "n: number, scale: number"
NUMERIC_FUNCTIONS: dict[str, Builtin] = {
    "decimal": builtin(rounding(decimal.ROUND_HALF_EVEN), _ROUND),
    "floor": builtin(rounding(decimal.ROUND_FLOOR), "n: number", _ROUND),
    "ceiling": builtin(rounding(decimal.ROUND_CEILING), "n: number", _ROUND),
    "round up": builtin(rounding(decimal.ROUND_UP), _ROUND),
    "round down": builtin(rounding(decimal.ROUND_DOWN), _ROUND),
    "round half up": builtin(rounding(decimal.ROUND_HALF_UP), _ROUND),
    "round half down": builtin(rounding(decimal.ROUND_HALF_DOWN), _ROUND),
    "abs": builtin(_abs, "n: number|days and time duration|years and months duration"),
    "modulo": builtin(_modulo, "dividend: number, divisor: number"),
    "sqrt": builtin(_positive(CONTEXT.sqrt, 0), "number: number"),
    "log": builtin(_positive(CONTEXT.ln, 0), "number: number"),
    "exp": builtin(_exp, "number: number"),
    "even": builtin(_even(0), "number: number"),
    "odd": builtin(_even(1), "number: number"),
}
