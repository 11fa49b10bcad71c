"""Python's operators on plain values, with their size checked before they are applied."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.expressions.errors import ExpressionError
from engine.expressions.evaluation import LISTS, MAX_BITS, MAX_TEXT, MAX_WEIGHT, Evaluation, bounded_int, too_big

Operator = Callable[[Evaluation, Any, Any], Any]
SEQUENCES = frozenset({str, bytes, list, tuple})
NUMBERS = frozenset({int, float, bool})


def _matched(left: Any, right: Any) -> tuple[Any, Any]:
    """Money meets a measured number: the float joins the Decimal by the digits it is written with."""
    if type(left) is Decimal and type(right) is float:
        return left, Decimal(repr(right))
    if type(left) is float and type(right) is Decimal:
        return Decimal(repr(left)), right
    return left, right


def _simple(apply: Callable[[Any, Any], Any]) -> Operator:
    def run(evaluation: Evaluation, left: Any, right: Any) -> Any:
        if type(left) in NUMBERS and type(right) in NUMBERS:
            return apply(left, right)
        left, right = _matched(left, right)
        return evaluation.weighed(apply(left, right))

    return run


def add(evaluation: Evaluation, left: Any, right: Any) -> Any:
    """`+`: texts and lists only as long as the sum stays small."""
    if type(left) in SEQUENCES and type(right) in SEQUENCES:
        if len(left) + len(right) > (MAX_TEXT if type(left) in (str, bytes) else MAX_WEIGHT):
            raise too_big()
        return evaluation.weighed(left + right)
    left, right = _matched(left, right)
    return left + right


def multiply(evaluation: Evaluation, left: Any, right: Any) -> Any:
    """`*`: no text or list repeated, and no integer grown, past what may be kept."""
    if type(left) in SEQUENCES or type(right) in SEQUENCES:
        sequence, times = (left, right) if type(left) in SEQUENCES else (right, left)
        if type(times) is int and len(sequence) * times > (MAX_TEXT if type(sequence) in (str, bytes) else MAX_WEIGHT):
            raise too_big()
        return evaluation.weighed(left * right)
    if type(left) is int and type(right) is int and left.bit_length() + right.bit_length() > MAX_BITS:
        raise too_big()
    left, right = _matched(left, right)
    return left * right


def power(evaluation: Evaluation, left: Any, right: Any) -> Any:
    """`**`, of numbers, as long as the result can be written and is real."""
    if (
        isinstance(left, int)
        and isinstance(right, int)
        and right > 0
        and left.bit_length() * right > MAX_BITS
        and abs(left) > 1
    ):
        raise too_big()
    left, right = _matched(left, right)
    value = left**right
    if type(value) is complex:
        raise ValueError("the power of a negative number to a fraction is not a real number")
    return value


def remainder(evaluation: Evaluation, left: Any, right: Any) -> Any:
    """`%` of numbers and durations; texts are formatted otherwise."""
    if type(left) in (str, bytes):
        raise ExpressionError("Texts are not formatted with % here.", fix='Write f"... {value} ...".')
    left, right = _matched(left, right)
    return left % right


def shift_left(evaluation: Evaluation, left: Any, right: Any) -> Any:
    """`<<`, bounded."""
    if type(right) is int and right > MAX_BITS:
        raise too_big()
    return bounded_int(left << right)


def contains(evaluation: Evaluation, item: Any, container: Any) -> bool:
    """`in`, paid for by what has to be looked through."""
    if type(container) in LISTS or type(container) is dict:
        evaluation.weighed(item)
        if type(item) in LISTS or type(item) is dict:
            # Compared with each element, however deep both are.
            evaluation.weighed(container)
        elif type(container) in (list, tuple):
            evaluation.spend(len(container))
    elif type(container) is str:
        evaluation.spend(len(container) >> 6)
    else:
        raise TypeError
    return item in container


def _compared(apply: Callable[[Any, Any], Any]) -> Operator:
    def run(evaluation: Evaluation, left: Any, right: Any) -> Any:
        if type(left) in NUMBERS and type(right) in NUMBERS:
            return apply(left, right)
        left, right = _matched(evaluation.weighed(left), evaluation.weighed(right))
        return apply(left, right)

    return run


ARITHMETIC: dict[str, Operator] = {
    "Add": add,
    "Sub": _simple(operator.sub),
    "Mult": multiply,
    "Div": _simple(operator.truediv),
    "FloorDiv": _simple(operator.floordiv),
    "Mod": remainder,
    "Pow": power,
    "LShift": shift_left,
    "RShift": _simple(operator.rshift),
    "BitOr": _simple(operator.or_),
    "BitAnd": _simple(operator.and_),
    "BitXor": _simple(operator.xor),
}

COMPARISONS: dict[str, Operator] = {
    "Eq": _compared(operator.eq),
    "NotEq": _compared(operator.ne),
    "Lt": _compared(operator.lt),
    "LtE": _compared(operator.le),
    "Gt": _compared(operator.gt),
    "GtE": _compared(operator.ge),
    "In": contains,
    "NotIn": lambda evaluation, item, container: not contains(evaluation, item, container),
    "Is": lambda evaluation, left, right: left is right,
    "IsNot": lambda evaluation, left, right: left is not right,
}

SYMBOLS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "LShift": "<<",
    "RShift": ">>", "BitOr": "|", "BitAnd": "&", "BitXor": "^", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=",
    "Gt": ">", "GtE": ">=", "In": "in", "NotIn": "not in", "Is": "is", "IsNot": "is not",
}  # fmt: skip
