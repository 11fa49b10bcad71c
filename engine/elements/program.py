"""A program of the vendor's engine (a Java class, a bean), bound to a Python function and run within the step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.services.binding import Binding
from engine.services.calls import BpmnError as ThrownByProgram
from engine.services.calls import ServiceCall, ServiceFailed
from engine.spiff.failures import BpmnError, ElementFailure

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token


class Program:
    """What the vendor calls in the thread of the act: listeners, and classes whose binding has the option `inline`.

    The function sees the variables and the injected fields; what it returns is set. It must be quick and pure of
    effects outside, because the act that it belongs to may be taken back.
    """

    def __init__(self, binding: Binding, c: Compilation) -> None:
        self.binding = binding
        self.call = c.programs

    def run(self, token: Token, fields: dict[str, Any] | None = None, result_variable: str | None = None) -> None:
        key = f"{token.workflow.root_id}-{token.id}"
        seen = {**token.data, **(fields or {})}
        call = ServiceCall(key, "python", self.binding.target, seen, self.binding.options, result_variable)
        try:
            outcome = self.call(call)
        except ThrownByProgram as error:
            raise BpmnError(error.code, error.message, error.variables) from error
        except ServiceFailed as failure:
            raise ElementFailure(failure.code, failure.reason, failure.fix) from failure
        token.data.update(outcome.variables)
