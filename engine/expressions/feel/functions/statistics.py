"""FEEL's functions that sum up a list of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.expressions.feel import arithmetic
from engine.expressions.feel.builtin import Builtin, builtin
from engine.expressions.feel.numbers import CONTEXT, decimal_of, divide, exact, is_number, multiply, subtract, tidy
from engine.expressions.feel.scope import Scope


def _over_numbers(run: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    """The arguments, or the one list, as numbers; null where one is not."""

    def call(scope: Scope, *values: Any) -> Any:
        items = values[0] if len(values) == 1 and type(values[0]) is list else list(values)
        scope.evaluation.spend(4 * len(items))
        return run([exact(item) for item in items]) if all(map(is_number, items)) else None

    return call


def total(items: list[Any]) -> Any:
    """The sum; null of nothing."""
    result: Any = items[0] if items else None
    for item in items[1:]:
        result = arithmetic.add(result, item)
    return result


def _sum(scope: Scope, *values: Any) -> Any:
    items = values[0] if len(values) == 1 and type(values[0]) is list else list(values)
    scope.evaluation.spend(4 * len(items))
    return None if any(type(item) is str for item in items) else total(items)


def _product(items: list[Any]) -> Any:
    result: Any = 1 if items else None
    for item in items:
        result = multiply(result, item)
    return result


def _mean(items: list[Any]) -> Any:
    return divide(total(items), len(items)) if items else None


def _median(items: list[Any]) -> Any:
    ordered = sorted(items)
    middle = len(ordered) // 2
    if not ordered:
        return None
    return ordered[middle] if len(ordered) % 2 else divide(total(ordered[middle - 1 : middle + 1]), 2)


def _deviation(items: list[Any]) -> Any:
    """Of a sample: divided by one less than there are."""
    if len(items) < 2:
        return None
    mean = _mean(items)
    squares = [multiply(rest, rest) for rest in (subtract(item, mean) for item in items)]
    return tidy(CONTEXT.sqrt(decimal_of(divide(total(squares), len(items) - 1))), whole=False)


def _mode(items: list[Any]) -> list[Any]:
    counts: dict[Any, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(item for item, count in counts.items() if count == most)


_NUMBERS = ("list: list", "n...: number")
STATISTIC_FUNCTIONS: dict[str, Builtin] = {
    "sum": builtin(_sum, "list: list", "n...: any"),
    "product": builtin(_over_numbers(_product), *_NUMBERS),
    "mean": builtin(_over_numbers(_mean), *_NUMBERS),
    "median": builtin(_over_numbers(_median), *_NUMBERS),
    "stddev": builtin(_over_numbers(_deviation), *_NUMBERS),
    "mode": builtin(_over_numbers(_mode), *_NUMBERS),
}
