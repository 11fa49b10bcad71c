"""Reading out of a value: `order.amount`, `order["amount"]`, `lines[0]`, `moment.year`."""

from __future__ import annotations

from typing import Any

from engine.expressions.errors import ExpressionError, kind_first, kind_of, near
from engine.expressions.evaluation import LISTS, Evaluation, is_exposed
from engine.expressions.python.members import METHODS, PROPERTIES


def read_member(evaluation: Evaluation, value: Any, name: str) -> Any:
    """`value.name`: the entry of a dictionary, a property of a plain value, a listed member of an exposed object."""
    if type(value) is dict:
        try:
            return value[name]
        except KeyError:
            raise _missing(name, value) from None
    kind = type(value)
    if name in PROPERTIES.get(kind, ()):
        return getattr(value, name)
    if is_exposed(value):
        if name in kind.expression_members:
            return getattr(value, name)
        raise ExpressionError(f"{name!r} cannot be read here.", fix=near(name, kind.expression_members))
    if name in METHODS.get(kind, ()):
        raise ExpressionError(f"{name!r} has to be called.", fix=f"Write .{name}(...).")
    raise ExpressionError(
        f"{kind_first(value)} has no {name!r}.",
        fix="Check that the variable is set before this is reached."
        if value is None
        else near(name, [*PROPERTIES.get(kind, ()), *METHODS.get(kind, ())]),
    )


def read_item(evaluation: Evaluation, value: Any, key: Any) -> Any:
    """`value[key]`: of a dictionary, a list or a text."""
    kind = type(value)
    if kind is dict:
        if type(key) in LISTS:
            evaluation.weighed(key)
        try:
            return value[key]
        except KeyError:
            raise _missing(key, value) from None
    if kind not in (list, tuple, str, bytes):
        raise ExpressionError(f"Nothing can be looked up in {kind_of(value)}.")
    if type(key) is slice:
        return evaluation.weighed(value[key])
    try:
        return value[key]
    except IndexError:
        raise ExpressionError(
            f"There is no item {key} among {len(value)}.", fix="Items count from 0; check the length first."
        ) from None


def _missing(key: Any, value: dict[Any, Any]) -> ExpressionError:
    shown = repr(key)[:60]
    return ExpressionError(
        f"There is no {shown} in the dictionary.", fix=near(key, value) if isinstance(key, str) else ""
    )
