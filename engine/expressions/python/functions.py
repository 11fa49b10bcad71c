"""The functions of Python that an expression may call. Each pays for what it goes through before it does."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.expressions.errors import ExpressionError, kind_first, kind_of
from engine.expressions.evaluation import LISTS, MAX_BITS, MAX_WEIGHT, Evaluation, bounded_int, too_big
from engine.expressions.python.formatting import text_of
from engine.expressions.python.loops import iterated
from engine.expressions.python.operators import power

Function = Callable[..., Any]


def _items(evaluation: Evaluation, value: Any) -> list[Any]:
    items = list(iterated(value))
    evaluation.spend(len(items))
    return items


def _len(evaluation: Evaluation, value: Any) -> int:
    if type(value) in LISTS or type(value) in (dict, str, bytes):
        return len(value)
    raise ExpressionError(f"{kind_first(value)} has no length.")


def _extreme(choose: Callable[..., Any]) -> Function:
    def run(evaluation: Evaluation, *values: Any, **options: Any) -> Any:
        if "key" in options:
            raise ExpressionError("key= is not possible in an expression.", fix="Use a script task.")
        items = _items(evaluation, values[0]) if len(values) == 1 else list(values)
        return choose(evaluation.weighed(items), **options)

    return run


def _sum(evaluation: Evaluation, values: Any, start: Any = 0) -> Any:
    items = [*_items(evaluation, values), start]
    if any(type(item) in LISTS or type(item) is str for item in items):
        raise ExpressionError("Only numbers and durations are summed.", fix='Join texts with "".join(...).')
    if any(type(item) is Decimal for item in items):
        items = [Decimal(repr(item)) if type(item) is float else item for item in items]
    return sum(items[:-1], items[-1])


def _sorted(evaluation: Evaluation, values: Any, *, reverse: bool = False) -> list[Any]:
    items = evaluation.weighed(_items(evaluation, values))
    evaluation.spend(len(items) * max(len(items).bit_length() // 4, 1))
    return sorted(items, reverse=reverse)


def _round(evaluation: Evaluation, value: Any, digits: Any = None) -> Any:
    if digits is None:
        return round(_moderate(value))
    if abs(digits) > 1000:
        raise too_big()
    return round(value, digits)


def _moderate(value: Any) -> Any:
    """A number whose integer part can be written."""
    if type(value) is Decimal and value.is_finite() and value.adjusted() > MAX_BITS // 4:
        raise too_big()
    return value


def _int(evaluation: Evaluation, value: Any = 0, *base: int) -> int:
    if type(value) is str:
        evaluation.spend(len(value) >> 4)
    elif type(value) not in (int, float, bool, Decimal):
        raise TypeError(f"{kind_of(value)} is no number")
    return bounded_int(int(_moderate(value), *base))


def _float(evaluation: Evaluation, value: Any = 0) -> float:
    if type(value) not in (int, float, bool, Decimal, str):
        raise TypeError(f"{kind_of(value)} is no number")
    return float(value)


def _decimal(evaluation: Evaluation, value: Any = 0) -> Decimal:
    if type(value) is str:
        evaluation.spend(len(value))
    return Decimal(repr(value)) if type(value) is float else Decimal(value)


def _collected(build: Callable[[list[Any]], Any]) -> Function:
    def run(evaluation: Evaluation, *values: Any, **named: Any) -> Any:
        items = evaluation.weighed(_items(evaluation, values[0])) if values else []
        return build(items, **named) if named else build(items)

    return run


def _dict(evaluation: Evaluation, *values: Any, **named: Any) -> dict[Any, Any]:
    if values and type(values[0]) is not dict:
        evaluation.weighed(_items(evaluation, values[0]))
    return dict(*values, **named)


def _range(evaluation: Evaluation, *bounds: int) -> list[int]:
    numbers = range(*bounds)
    if len(numbers) > MAX_WEIGHT:
        raise too_big()
    evaluation.spend(len(numbers))
    return list(numbers)


def _zip(evaluation: Evaluation, *lists: Any) -> list[Any]:
    return list(zip(*(_items(evaluation, items) for items in lists), strict=False))


def _integral(apply: Callable[[Any], int]) -> Function:
    return lambda evaluation, value: bounded_int(apply(_moderate(value)))


def _pure(apply: Callable[..., Any]) -> Function:
    return lambda evaluation, *given, **named: apply(*given, **named)


FUNCTIONS: dict[str, Function] = {
    "len": _len,
    "min": _extreme(min),
    "max": _extreme(max),
    "sum": _sum,
    "any": lambda evaluation, values: any(_items(evaluation, values)),
    "all": lambda evaluation, values: all(_items(evaluation, values)),
    "sorted": _sorted,
    "reversed": lambda evaluation, values: _items(evaluation, values)[::-1],
    "enumerate": lambda evaluation, values, start=0: list(enumerate(_items(evaluation, values), start)),
    "zip": _zip,
    "range": _range,
    "round": _round,
    "abs": _pure(abs),
    "divmod": _pure(divmod),
    "pow": power,
    "str": lambda evaluation, value="": text_of(evaluation, value),
    "int": _int,
    "float": _float,
    "bool": _pure(bool),
    "list": _collected(list),
    "tuple": _collected(tuple),
    "set": _collected(set),
    "frozenset": _collected(frozenset),
    "dict": _dict,
    "Decimal": _decimal,
    "date": _pure(date),
    "time": _pure(time),
    "datetime": _pure(datetime),
    "timedelta": _pure(timedelta),
}

_MATH: dict[str, Function] = {
    name: _pure(getattr(math, name)) for name in ("sqrt", "log", "log10", "exp", "fabs", "isnan", "isinf")
}
DOTTED: dict[str, Function] = {
    "math.floor": _integral(math.floor),
    "math.ceil": _integral(math.ceil),
    "math.trunc": _integral(math.trunc),
    "date.fromisoformat": _pure(date.fromisoformat),
    "time.fromisoformat": _pure(time.fromisoformat),
    "datetime.fromisoformat": _pure(datetime.fromisoformat),
    "datetime.combine": _pure(datetime.combine),
    "datetime.fromtimestamp": lambda evaluation, seconds: datetime.fromtimestamp(seconds, UTC),
    "datetime.strptime": lambda evaluation, text, pattern: datetime.strptime(text[:200], pattern[:100]),
    "decimal.Decimal": _decimal,
    "datetime.date": _pure(date),
    "datetime.time": _pure(time),
    "datetime.datetime": _pure(datetime),
    "datetime.timedelta": _pure(timedelta),
    **{f"math.{name}": function for name, function in _MATH.items()},
}
