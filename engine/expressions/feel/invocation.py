"""Calling a function in FEEL: one defined in FEEL, one of the language, or one that the engine gives."""

from __future__ import annotations

from typing import Any

from engine.expressions.errors import OverBudget
from engine.expressions.feel.functions import FUNCTIONS
from engine.expressions.feel.functions.builtin import Builtin
from engine.expressions.feel.scope import MISSING, FeelNode, Function, Scope

MAX_CALLS = 60


def invoked(target: FeelNode, name: str | None, arguments: list[FeelNode], named: list[str]) -> FeelNode:
    """`name(...)` or a call of whatever `target` gives; what is no function gives null."""

    def run(scope: Scope) -> Any:
        scope.evaluation.spend(1)
        function = target(scope) if name is None else _by_name(scope, name)
        given = [argument(scope) for argument in arguments]
        return call(scope, function, given, named)

    return run


def _by_name(scope: Scope, name: str) -> Any:
    found = scope.find(name)
    # A variable that is no function does not hide one: what a form sends in cannot change what a condition means.
    if type(found) in (Function, Builtin):
        return found
    given = scope.evaluation.functions.get(name)
    if given is not None:
        return given
    return FUNCTIONS.get(name) if name in FUNCTIONS or found is MISSING else None


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
