"""What FEEL's operators, paths and filters do when they are evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from engine.expressions.feel import arithmetic
from engine.expressions.feel.comparison import both, compare, either, is_in
from engine.expressions.feel.far import Far
from engine.expressions.feel.functions import FUNCTIONS
from engine.expressions.feel.numbers import is_number
from engine.expressions.feel.scope import MISSING, FeelNode, Range, Scope
from engine.expressions.feel.temporal import member
from engine.expressions.feel.types import Type, conforms
from engine.values import YearsMonths

TEMPORAL = frozenset({date, datetime, time, timedelta, YearsMonths, Far})


def constant(value: Any) -> FeelNode:
    """A literal."""
    return lambda scope: value


def variable(name: str) -> FeelNode:
    """The value of a name, a function of the language by that name, or null."""
    own = FUNCTIONS.get(name)

    def run(scope: Scope) -> Any:
        value = scope.find(name)
        return own if value is MISSING else value

    return run


def logical(sign: str, left: FeelNode, right: FeelNode) -> FeelNode:
    """`and` and `or`, which need the second only where the first does not decide."""
    decided = sign == "or"
    combine = either if decided else both

    def run(scope: Scope) -> bool | None:
        first = left(scope)
        return decided if first is decided else combine(first, right(scope))

    return run


def compared(sign: str, left: FeelNode, right: FeelNode) -> FeelNode:
    """A comparison; two plain integers are compared at once."""

    def run(scope: Scope) -> bool | None:
        first, second = left(scope), right(scope)
        if type(first) in (list, dict):
            scope.evaluation.weighed(first)
        return compare(sign, first, second)

    return run


def between(value: FeelNode, low: FeelNode, high: FeelNode) -> FeelNode:
    """`value between low and high`, both included."""

    def run(scope: Scope) -> bool | None:
        found = value(scope)
        return both(compare(">=", found, low(scope)), compare("<=", found, high(scope)))

    return run


def contained(value: FeelNode, tests: list[FeelNode]) -> FeelNode:
    """`value in test` or `in (test, test)`. A test that is itself true or false counts as that."""

    def run(scope: Scope) -> bool | None:
        found = value(scope)
        result: bool | None = False
        inner = scope.inside({"?": found})
        for test in tests:
            wanted = test(inner)
            if type(wanted) in (list, dict):
                scope.evaluation.weighed(wanted)
            result = either(result, is_in(found, wanted))
        return result

    return run


def instance(value: FeelNode, wanted: Type) -> FeelNode:
    """`value instance of type`; null is of no type."""

    def run(scope: Scope) -> bool | None:
        found = value(scope)
        if wanted.name == "":
            return None
        return (found is not None or wanted.name == "Null") and conforms(scope.evaluation.weighed(found), wanted)

    return run


def applied(apply: Callable[[Any, Any], Any], left: FeelNode, right: FeelNode) -> FeelNode:
    """An arithmetic operator."""

    def run(scope: Scope) -> Any:
        return scope.evaluation.weighed(apply(left(scope), right(scope)))

    return run


def negated(node: FeelNode) -> FeelNode:
    """`-` before a value."""
    return lambda scope: arithmetic.negative(node(scope))


def path(target: FeelNode, name: str) -> FeelNode:
    """`a.b`: an entry of a context, of each context in a list, or a part of a date, time, duration or range."""
    return lambda scope: _member(scope, target(scope), name)


def _member(scope: Scope, value: Any, name: str) -> Any:
    kind = type(value)
    if kind is dict:
        return value.get(name)
    if kind is list:
        scope.evaluation.spend(len(value))
        return [_member(scope, item, name) if type(item) is dict else None for item in value]
    if kind in TEMPORAL:
        return member(value, name)
    if kind is Range:
        return _range_member(value, name)
    return None


def _range_member(value: Range, name: str) -> Any:
    return {
        "start": value.start,
        "end": value.end,
        "start included": value.start_included,
        "end included": value.end_included,
    }.get(name)


def filtered(target: FeelNode, test: FeelNode, cost: int) -> FeelNode:
    """`list[2]`, `list[-1]` and `list[item.price > 5]`; a single value is a list of one."""

    def run(scope: Scope) -> Any:
        value = target(scope)
        if value is None:
            items: list[Any] = []
        else:
            items = list(value) if type(value) in (list, tuple) else [value]
        if value is None and not items:
            return _selected(scope, [None], test, cost, null=True)
        return _selected(scope, items, test, cost, null=False)

    return run


def _selected(scope: Scope, items: list[Any], test: FeelNode, cost: int, *, null: bool) -> Any:
    outside = _outside(scope, items, test)
    if is_number(outside):
        index = int(outside)
        if null or index != outside or index == 0 or abs(index) > len(items):
            return None
        return items[index - 1 if index > 0 else index]
    if null:
        return []
    found: list[Any] = []
    for item in items:
        scope.evaluation.spend(cost)
        answer = test(item_scope(scope, item))
        if answer is True:
            found.append(item)
        elif answer is not False and answer is not None:
            return None
    return found


def _outside(scope: Scope, items: list[Any], test: FeelNode) -> Any:
    """The filter as an index: evaluated with the first item in view, as it may be either."""
    return test(item_scope(scope, items[0])) if items else None


def item_scope(scope: Scope, item: Any) -> Scope:
    """Where a filter is evaluated: the entries of the item come first, the item itself is `item`."""
    names: Mapping[str, Any] = {"item": item, **item} if type(item) is dict else {"item": item}
    return scope.inside(names)
