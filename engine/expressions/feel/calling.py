"""What happens when a FEEL function is called, wherever it comes from."""

from __future__ import annotations

from typing import Any

from engine.expressions.errors import OverBudget
from engine.expressions.feel.builtin import Builtin
from engine.expressions.feel.scope import MISSING, Function, Scope

MAX_CALLS = 60


def call(scope: Scope, function: Any, given: list[Any], named: list[str] | None = None) -> Any:
    """The result of a function for these arguments; null where they do not fit."""
    if type(function) is Builtin:
        return scope.evaluation.weighed(function.invoke(scope, given, named or []))
    if type(function) is Function:
        return _call_defined(scope, function, given, named or [])
    if callable(function) and not named:
        return scope.evaluation.weighed(function(*given))
    return None


def _call_defined(scope: Scope, function: Function, given: list[Any], named: list[str]) -> Any:
    if len(given) != len(function.parameters):
        return None
    if named and set(named) != set(function.parameters):
        return None
    scope.evaluation.spend(function.cost)
    names = dict(zip(named or function.parameters, given, strict=True))
    depth = scope.find("\0calls")
    depth = 1 if depth is MISSING else depth + 1
    if depth > MAX_CALLS:
        raise OverBudget("The expression calls functions too deeply.", fix="Use a loop instead of recursion.")
    inner = function.scope.inside({**names, "\0calls": depth})
    return function.body(inner)
