"""Flowable's functions on variables, which need not exist: `variables:get(x)`, `var:gt(amount, 5)`."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from engine.expressions.evaluation import Evaluation
from engine.expressions.juel.coercion import to_text
from engine.expressions.juel.operators import BINARY, equal, is_empty

VariableFunction = Callable[[Evaluation, str, list[Any]], Any]
PREFIXES = frozenset({"variables", "vars", "var"})


def _value(evaluation: Evaluation, name: str) -> Any:
    return evaluation.variables.get(name)


def _get(evaluation: Evaluation, name: str, given: list[Any]) -> Any:
    return _value(evaluation, name)


def _or_default(evaluation: Evaluation, name: str, given: list[Any]) -> Any:
    found = _value(evaluation, name)
    return given[0] if found is None else found


def _equals(evaluation: Evaluation, name: str, given: list[Any]) -> bool:
    return equal(evaluation, _value(evaluation, name), given[0])


def _contains(every: bool) -> VariableFunction:
    def run(evaluation: Evaluation, name: str, given: list[Any]) -> bool:
        found = _value(evaluation, name)
        if type(found) is str:
            tests = [to_text(item) in found for item in given]
        elif type(found) in (list, tuple, set, frozenset):
            evaluation.spend(len(found) * len(given))
            tests = [any(equal(evaluation, item, each) for each in found) for item in given]
        elif type(found) is dict:
            tests = [item in found for item in given]
        else:
            return False
        return all(tests) if every else any(tests)

    return run


def _relation(sign: str) -> VariableFunction:
    apply = BINARY[sign][1]

    def run(evaluation: Evaluation, name: str, given: list[Any]) -> Any:
        found = _value(evaluation, name)
        return found is not None and apply(evaluation, found, given[0])

    return run


def _base64(evaluation: Evaluation, name: str, given: list[Any]) -> str:
    found = _value(evaluation, name)
    raw = found if type(found) is bytes else to_text(found, evaluation).encode("utf-8", "surrogatepass")
    return base64.b64encode(raw).decode("ascii")


_NAMES: dict[str, VariableFunction] = {
    "get": _get,
    "getOrDefault": _or_default,
    "exists exist": lambda evaluation, name, given: name in evaluation.variables,
    "isEmpty empty": lambda evaluation, name, given: is_empty(_value(evaluation, name)),
    "isNotEmpty notEmpty": lambda evaluation, name, given: not is_empty(_value(evaluation, name)),
    "equals eq": _equals,
    "notEquals ne": lambda evaluation, name, given: not _equals(evaluation, name, given),
    "contains": _contains(every=True),
    "containsAny": _contains(every=False),
    "lowerThan lessThan lt": _relation("<"),
    "lowerThanOrEquals lessThanOrEquals lte": _relation("<="),
    "greaterThan gt": _relation(">"),
    "greaterThanOrEquals gte": _relation(">="),
    "base64": _base64,
}
_BY_NAME = {name: function for names, function in _NAMES.items() for name in names.split()}


def find_variable_function(name: str) -> VariableFunction | None:
    """The function by any of its names."""
    return _BY_NAME.get(name)
