"""FEEL's functions that go by order: min, max and sort."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from engine.expressions.feel.builtin import Builtin, builtin
from engine.expressions.feel.calling import call
from engine.expressions.feel.comparison import order
from engine.expressions.feel.scope import Function, Scope


def _extreme(sign: int) -> Callable[..., Any]:
    def run(scope: Scope, *values: Any) -> Any:
        items = values[0] if len(values) == 1 and type(values[0]) is list else list(values)
        scope.evaluation.spend(len(items))
        if not items:
            return None
        best = items[0]
        for item in items[1:]:
            ordered = order(item, best)
            if ordered is None:
                return None
            if ordered == sign:
                best = item
        return best

    return run


def _sort(scope: Scope, items: list[Any], precedes: Any = None) -> list[Any] | None:
    """In natural order, or by a function that says whether its first argument comes before its second."""
    scope.evaluation.weighed(items)
    if precedes is None:
        if any(order(item, items[0]) is None for item in items):
            return None
        return sorted(items, key=functools.cmp_to_key(lambda one, two: order(one, two) or 0))
    if type(precedes) is not Function:
        return None

    def by_function(one: Any, two: Any) -> int:
        scope.evaluation.spend(5)
        if call(scope, precedes, [one, two]) is True:
            return -1
        return 1 if call(scope, precedes, [two, one]) is True else 0

    return sorted(items, key=functools.cmp_to_key(by_function))


ORDERING_FUNCTIONS: dict[str, Builtin] = {
    "min": builtin(_extreme(-1), "list: list", "c...: any"),
    "max": builtin(_extreme(1), "list: list", "c...: any"),
    "sort": builtin(_sort, "list: list, precedes?: function"),
}
