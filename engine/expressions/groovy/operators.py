"""Groovy's operators and its truth, on values of whatever kind."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.expressions.errors import ExpressionError, kind_first, kind_of
from engine.expressions.evaluation import MAX_BITS, MAX_TEXT, Evaluation, too_big
from engine.expressions.juel.coercion import to_text
from engine.expressions.juel.operators import BINARY as JUEL

Operator = Callable[[Evaluation, Any, Any], Any]
_NUMBERS = (int, float, Decimal)


def _is_number(value: Any) -> bool:
    return type(value) in _NUMBERS


def truth(value: Any) -> bool:
    """null, 0, "" and what holds nothing are false."""
    return bool(value)


def shown(evaluation: Evaluation, value: Any) -> str:
    """The text of a value in a text: null is written out."""
    return "null" if value is None else to_text(value, evaluation)


def add(evaluation: Evaluation, left: Any, right: Any) -> Any:
    """`+`: numbers, a text and anything, a list and an item or a list."""
    if _is_number(left) and _is_number(right):
        return JUEL["+"][1](evaluation, left, right)
    if type(left) is str or type(right) is str:
        first, second = shown(evaluation, left), shown(evaluation, right)
        if len(first) + len(second) > MAX_TEXT:
            raise too_big()
        return first + second
    if type(left) is list:
        return [*left, *(right if type(right) is list else [right])]
    if type(left) is dict and type(right) is dict:
        return {**left, **right}
    raise _misfit("+", left, right)


def _numeric(sign: str) -> Operator:
    apply = JUEL[sign][1]

    def run(evaluation: Evaluation, left: Any, right: Any) -> Any:
        if not (_is_number(left) and _is_number(right)):
            raise _misfit(sign, left, right)
        return apply(evaluation, left, right)

    return run


def divide(evaluation: Evaluation, left: Any, right: Any) -> Any:
    """`/`: exact, of whole numbers too."""
    if not (_is_number(left) and _is_number(right)):
        raise _misfit("/", left, right)
    if type(left) is float or type(right) is float:
        return JUEL["/"][1](evaluation, left, right)
    if not right:
        raise ZeroDivisionError
    if type(left) is int and type(right) is int and left.bit_length() < MAX_BITS and left % right == 0:
        return left // right
    return Decimal(left) / Decimal(right)


def equal(evaluation: Evaluation, left: Any, right: Any) -> bool:
    """`==`: equals, and null with null; a text is no number."""
    if left is None or right is None:
        return left is right
    if _is_number(left) and _is_number(right):
        return bool(JUEL["=="][1](evaluation, left, right))
    if type(left) is not type(right):
        return False
    return bool(evaluation.weighed(left) == evaluation.weighed(right))


def _relation(sign: str) -> Operator:
    apply = JUEL[sign][1]

    def run(evaluation: Evaluation, left: Any, right: Any) -> bool:
        if left is None or right is None:
            # null comes before everything.
            first, second = left is not None, right is not None
            return {"<": first < second, "<=": first <= second, ">": first > second, ">=": first >= second}[sign]
        if _is_number(left) is not _is_number(right):
            raise _misfit(sign, left, right)
        return bool(apply(evaluation, left, right))

    return run


def contains(evaluation: Evaluation, item: Any, holder: Any) -> bool:
    """`in`."""
    if holder is None:
        return False
    if type(holder) not in (list, tuple, set, dict, str):
        raise _misfit("in", item, holder)
    evaluation.weighed(holder)
    return item in holder


def _misfit(sign: str, left: Any, right: Any) -> ExpressionError:
    return ExpressionError(f"{kind_first(left)} and {kind_of(right)} do not go together in {sign!r}.")


BINARY: dict[str, tuple[int, Operator]] = {
    "==": (3, equal),
    "!=": (3, lambda evaluation, left, right: not equal(evaluation, left, right)),
    "===": (3, equal),
    "!==": (3, lambda evaluation, left, right: not equal(evaluation, left, right)),
    "<": (4, _relation("<")),
    "<=": (4, _relation("<=")),
    ">": (4, _relation(">")),
    ">=": (4, _relation(">=")),
    "in": (4, contains),
    "+": (5, add),
    "-": (5, _numeric("-")),
    "*": (6, _numeric("*")),
    "/": (6, divide),
    "%": (6, _numeric("%")),
}
"""Each operator with how tightly it binds; || and && (1 and 2) need the second only if the first does not decide."""
