"""FEEL's functions on lists. Items are counted from 1, from the end with a minus."""

from __future__ import annotations

from typing import Any

from engine.expressions.feel.builtin import Builtin, builtin
from engine.expressions.feel.calling import call
from engine.expressions.feel.comparison import both, either, equal
from engine.expressions.feel.numbers import is_number
from engine.expressions.feel.scope import Function, Scope


def same(left: Any, right: Any) -> bool:
    """Whether two items are the same for a list's functions."""
    return equal(left, right) is True


def _paid(scope: Scope, *lists: list[Any]) -> None:
    for items in lists:
        scope.evaluation.weighed(items)


def _contains(scope: Scope, items: list[Any], element: Any) -> bool:
    _paid(scope, items)
    return any(same(item, element) for item in items)


def _index(items: list[Any], position: Any) -> int | None:
    """The offset in Python for a position in FEEL, None where there is no such item."""
    if int(position) != position or position == 0 or abs(position) > len(items):
        return None
    return int(position) - 1 if position > 0 else len(items) + int(position)


def _sublist(scope: Scope, items: list[Any], start: Any, length: Any = None) -> list[Any] | None:
    first = _index(items, start)
    if first is None or (length is not None and (length < 0 or first + length > len(items))):
        return None
    return items[first:] if length is None else items[first : first + int(length)]


def _append(scope: Scope, items: list[Any], *more: Any) -> list[Any]:
    return [*items, *more]


def _concatenate(scope: Scope, *lists: list[Any]) -> list[Any]:
    return [item for items in lists for item in items]


def _insert(scope: Scope, items: list[Any], position: Any, new: Any) -> list[Any] | None:
    at = _index(items, position)
    return None if at is None else [*items[:at], new, *items[at:]]


def _remove(scope: Scope, items: list[Any], position: Any) -> list[Any] | None:
    at = _index(items, position)
    return None if at is None else [*items[:at], *items[at + 1 :]]


def _replace(scope: Scope, items: list[Any], position: Any, new: Any) -> list[Any] | None:
    if is_number(position):
        at = _index(items, int(position))
        return None if at is None else [*items[:at], new, *items[at + 1 :]]
    if type(position) is not Function or len(position.parameters) != 2:
        return None
    answers = [call(scope, position, [item, new]) for item in items]
    if any(type(answer) is not bool for answer in answers):
        return None
    return [new if answer else item for item, answer in zip(items, answers, strict=True)]


def _index_of(scope: Scope, items: list[Any], match: Any) -> list[int]:
    _paid(scope, items)
    return [position for position, item in enumerate(items, 1) if same(item, match)]


def _distinct(scope: Scope, items: list[Any]) -> list[Any]:
    found: list[Any] = []
    seen: set[Any] = set()
    for item in items:
        if type(item) is str:
            if item not in seen:
                seen.add(item)
                found.append(item)
            continue
        scope.evaluation.spend(len(found) + 1)
        if not any(same(item, other) for other in found):
            found.append(item)
    return found


def _union(scope: Scope, *lists: list[Any]) -> list[Any]:
    return _distinct(scope, _concatenate(scope, *lists))


def _duplicates(scope: Scope, items: list[Any]) -> list[Any]:
    scope.evaluation.spend(len(items) * len(items))
    return _distinct(scope, [item for item in items if sum(same(item, other) for other in items) > 1])


def _flatten(scope: Scope, items: list[Any]) -> list[Any]:
    _paid(scope, items)
    found: list[Any] = []
    pending = [iter(items)]
    while pending:
        for item in pending[-1]:
            if type(item) in (list, tuple):
                pending.append(iter(item))
                break
            found.append(item)
        else:
            pending.pop()
    return found


def _partition(scope: Scope, items: list[Any], size: Any) -> list[list[Any]] | None:
    return None if size < 1 else [items[at : at + int(size)] for at in range(0, len(items), int(size))]


def _all(scope: Scope, *values: Any) -> bool | None:
    items = values[0] if len(values) == 1 and type(values[0]) is list else list(values)
    result: bool | None = True
    for item in items:
        result = both(result, item)
    return result


def _any(scope: Scope, *values: Any) -> bool | None:
    items = values[0] if len(values) == 1 and type(values[0]) is list else list(values)
    result: bool | None = False
    for item in items:
        result = either(result, item)
    return result


def _is_empty(scope: Scope, items: list[Any]) -> bool:
    return not items


_BOOLEANS = ("list: list", "list...: boolean|null|any")
LIST_FUNCTIONS: dict[str, Builtin] = {
    "list contains": builtin(_contains, "list: list, element: any"),
    "count": builtin(lambda scope, items: len(items), "list: list"),
    "sublist": builtin(_sublist, "list: list, start position: number, length?: number"),
    "append": builtin(_append, "list: list, item...: any"),
    "concatenate": builtin(_concatenate, "list...: list"),
    "insert before": builtin(_insert, "list: list, position: number, newItem: any"),
    "remove": builtin(_remove, "list: list, position: number"),
    "list replace": builtin(
        _replace, "list: list, position: number, newItem: any", "list: list, match: function, newItem: any"
    ),
    "reverse": builtin(lambda scope, items: items[::-1], "list: list"),
    "index of": builtin(_index_of, "list: list, match: any"),
    "union": builtin(_union, "list...: list"),
    "distinct values": builtin(_distinct, "list: list"),
    "duplicate values": builtin(_duplicates, "list: list"),
    "flatten": builtin(_flatten, "list: list"),
    "partition": builtin(_partition, "list: list, size: number"),
    "is empty": builtin(_is_empty, "list: list"),
    "all": builtin(_all, *_BOOLEANS),
    "and": builtin(_all, *_BOOLEANS),
    "any": builtin(_any, *_BOOLEANS),
    "or": builtin(_any, *_BOOLEANS),
}
