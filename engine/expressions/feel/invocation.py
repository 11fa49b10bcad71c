"""Calling a function in FEEL: one defined in FEEL, one of the language, or one that the engine gives."""

from __future__ import annotations

from typing import Any

from engine.expressions.feel.builtin import Builtin
from engine.expressions.feel.calling import call
from engine.expressions.feel.functions import FUNCTIONS
from engine.expressions.feel.scope import FeelNode, Function, Scope


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
    return FUNCTIONS.get(name)
