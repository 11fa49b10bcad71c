"""JUEL's operators on two values of whatever kind (EL 2.2, sections 1.7 to 1.9)."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.expressions.errors import ExpressionError, kind_first, kind_of
from engine.expressions.evaluation import MAX_BITS, Evaluation, bounded_int, is_exposed, too_big
from engine.expressions.juel.coercion import to_boolean, to_decimal, to_number, to_text

Operator = Callable[[Evaluation, Any, Any], Any]


def _pair(left: Any, right: Any) -> tuple[Any, Any]:
    """Both as numbers of one kind: decimal if one is, else floating if one is, else whole."""
    if type(left) is Decimal or type(right) is Decimal:
        return to_decimal(left), to_decimal(right)
    first, second = to_number(left), to_number(right)
    if type(first) is float or type(second) is float:
        return float(first), float(second)
    return first, second


def _arithmetic(apply: Callable[[Any, Any], Any]) -> Operator:
    def run(evaluation: Evaluation, left: Any, right: Any) -> Any:
        first, second = _pair(left, right)
        if type(first) is int and first.bit_length() + second.bit_length() > MAX_BITS:
            raise too_big()
        return apply(first, second)

    return run


def divide(evaluation: Evaluation, left: Any, right: Any) -> Any:
    """`/` and `div`: floating, also of whole numbers; decimals keep the scale of the first."""
    if type(left) is Decimal or type(right) is Decimal:
        first, second = to_decimal(left), to_decimal(right)
        if not second:
            raise ZeroDivisionError
        return (first / second).quantize(Decimal(1).scaleb(int(first.as_tuple().exponent)), rounding=ROUND_HALF_UP)
    top, bottom = float(to_number(left)), float(to_number(right))
    if bottom == 0:
        return math.nan if top == 0 or math.isnan(top) else math.copysign(math.inf, top) * math.copysign(1, bottom)
    return top / bottom


def remainder(evaluation: Evaluation, left: Any, right: Any) -> Any:
    """`%` and `mod`, with the sign of the first, as in Java."""
    first, second = _pair(left, right)
    if type(first) is float:
        return math.fmod(first, second) if second else math.nan
    if not second:
        raise ZeroDivisionError
    if type(first) is Decimal:
        return first % second
    return bounded_int(first - second * int(abs(first) // abs(second)) * (1 if (first < 0) == (second < 0) else -1))


def equal(evaluation: Evaluation, left: Any, right: Any) -> bool:
    """`==` and `eq`: the kinds are brought together before they are compared."""
    if left is None or right is None:
        return left is right
    kinds = (type(left), type(right))
    if bool in kinds:
        return to_boolean(left) is to_boolean(right)
    if any(kind in (int, float, Decimal) for kind in kinds):
        first, second = _pair(left, right)
        return bool(first == second)
    if str in kinds:
        return to_text(left, evaluation) == to_text(right, evaluation)
    if is_exposed(left) or is_exposed(right):
        return left is right
    return bool(evaluation.weighed(left) == evaluation.weighed(right))


def _relation(apply: Callable[[Any, Any], bool], of_same: bool) -> Operator:
    def run(evaluation: Evaluation, left: Any, right: Any) -> bool:
        if left is right:
            return of_same
        if left is None or right is None:
            return False
        kinds = (type(left), type(right))
        if any(kind in (int, float, Decimal) for kind in kinds):
            return apply(*_pair(left, right))
        if str in kinds:
            return apply(to_text(left, evaluation), to_text(right, evaluation))
        if all(isinstance(value, (date, datetime, time)) for value in (left, right)):
            return apply(*_moments(left, right))
        if kinds[0] is kinds[1] and kinds[0] not in (dict, bool) and not is_exposed(left):
            return apply(evaluation.weighed(left), evaluation.weighed(right))
        raise ExpressionError(f"{kind_first(left)} cannot be compared with {kind_of(right)}.")

    return run


def _moments(left: Any, right: Any) -> tuple[Any, Any]:
    """A date is its first moment; a moment without zone is in the zone of the other."""
    if type(left) is date and type(right) is datetime:
        left = datetime(left.year, left.month, left.day, tzinfo=right.tzinfo)
    elif type(right) is date and type(left) is datetime:
        right = datetime(right.year, right.month, right.day, tzinfo=left.tzinfo)
    if type(left) is datetime and type(right) is datetime:
        if left.tzinfo is None and right.tzinfo is not None:
            left = left.replace(tzinfo=right.tzinfo)
        elif right.tzinfo is None and left.tzinfo is not None:
            right = right.replace(tzinfo=left.tzinfo)
    return left, right


def is_empty(value: Any) -> bool:
    """`empty`: null, "" and what holds nothing."""
    return value is None or (type(value) in (str, list, tuple, dict, set, frozenset) and not value)


def negative(value: Any) -> Any:
    """`-` before a value."""
    return -to_number(value)


BINARY: dict[str, tuple[int, Operator]] = {
    "==": (3, equal),
    "!=": (3, lambda evaluation, left, right: not equal(evaluation, left, right)),
    "<": (4, _relation(operator.lt, False)),
    "<=": (4, _relation(operator.le, True)),
    ">": (4, _relation(operator.gt, False)),
    ">=": (4, _relation(operator.ge, True)),
    "+": (5, _arithmetic(operator.add)),
    "-": (5, _arithmetic(operator.sub)),
    "*": (6, _arithmetic(operator.mul)),
    "/": (6, divide),
    "%": (6, remainder),
}
"""Each operator with how tightly it binds; || and && (1 and 2) evaluate the second only if needed."""
