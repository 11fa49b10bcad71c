"""A service task done by a Python function of this process, of a module that the operator lists."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Collection, Mapping
from typing import Any

from engine.services.binding import is_callable_name
from engine.services.calls import BpmnError, ServiceCall, ServiceFailed, ServiceOutcome, outcome_of

NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


class PythonCallable:
    """Calls `module:function` with the variables it has parameters for.

    A function with one parameter called `variables` gets all of them as a dict; a parameter `idempotency_key` gets the
    job's id. What it raises is a failed try, except `engine.services.BpmnError`.
    """

    def __init__(self, modules: Collection[str]) -> None:
        self.modules = frozenset(modules)

    def __call__(self, call: ServiceCall) -> ServiceOutcome:
        function = self._find(call.target)
        arguments = _arguments(function, call)
        try:
            value = function(**arguments)
        except BpmnError:
            raise
        except Exception as failure:
            raise ServiceFailed(f"{call.target} failed: {type(failure).__name__}: {failure}") from failure
        return outcome_of(value, call.result_variable)

    def _find(self, target: str) -> Callable[..., Any]:
        module_name, _, name = target.partition(":")
        if not is_callable_name(target):
            raise ServiceFailed(
                f"{target!r} names no Python function.", fix="Bind it as module:function.", lasting=True
            )
        if module_name not in self.modules:
            raise ServiceFailed(
                f"The module {module_name} is not among those that may be called.",
                fix=f"Add {module_name} to PROCESSION_PYTHON_MODULES, or bind the element to something else.",
                lasting=True,
            )
        try:
            module = importlib.import_module(module_name)
        except Exception as failure:
            raise ServiceFailed(
                f"The module {module_name} cannot be imported: {type(failure).__name__}: {failure}",
                fix="Install it where the server runs.",
                lasting=True,
            ) from failure
        function = None if name.startswith("_") else getattr(module, name, None)
        # A module's imports are reachable as its attributes too; only what it defines itself was listed.
        if not callable(function) or getattr(function, "__module__", None) != module_name:
            raise ServiceFailed(
                f"The module {module_name} has no function {name}.", fix="Correct the binding.", lasting=True
            )
        found: Callable[..., Any] = function
        return found


def _arguments(function: Callable[..., Any], call: ServiceCall) -> Mapping[str, Any]:
    parameters = inspect.signature(function).parameters.values()
    known = {**call.variables, **call.views, "idempotency_key": call.key}
    if any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in parameters):
        return {name: value for name, value in known.items() if name not in call.views}
    arguments: dict[str, Any] = {}
    for parameter in parameters:
        if parameter.kind not in NAMED:
            continue
        if parameter.name in known:
            arguments[parameter.name] = known[parameter.name]
        elif parameter.name == "variables":
            arguments["variables"] = dict(call.variables)
        elif parameter.default is inspect.Parameter.empty:
            raise ServiceFailed(
                f"{call.target} needs {parameter.name!r}, and there is no such variable.",
                fix=f"Set the variable {parameter.name!r}, or give the parameter a default.",
                lasting=True,
            )
    return arguments
