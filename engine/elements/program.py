"""A program of the vendor's engine (a Java class, a bean), bound to a Python function and run within the step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.services.binding import Binding
from engine.services.calls import BpmnError as ThrownByProgram
from engine.services.calls import ServiceCall, ServiceFailed
from engine.spiff.failures import BpmnError, ElementFailure
from engine.spiff.views import views_of

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token


class ProgramFailure(ElementFailure):
    """`kind` is the full name of the exception that the program raised: what Camunda's error events may name."""

    def __init__(self, failed: ServiceFailed) -> None:
        super().__init__(failed.code, failed.reason, failed.fix)
        raised = failed.__cause__
        self.kind = f"{type(raised).__module__}.{type(raised).__qualname__}" if raised is not None else None


class Program:
    """What the vendor calls in the thread of the act: listeners, and classes whose binding has the option `inline`.

    The function sees the variables and the injected fields; what it returns is set. It must be quick and pure of
    effects outside, because the act that it belongs to may be taken back.
    """

    def __init__(self, binding: Binding, c: Compilation) -> None:
        self.binding = binding
        self.call = c.programs

    def run(
        self,
        token: Token,
        fields: dict[str, Any] | None = None,
        result_variable: str | None = None,
        views: dict[str, Any] | None = None,
    ) -> None:
        """`views` are handed to parameters of that name: the `execution`, and the `task` of a task listener."""
        key = f"{token.workflow.root_id}-{token.id}"
        seen = {**token.data, **(fields or {})}
        target, options = self.binding.target, self.binding.options
        call = ServiceCall(key, "python", target, seen, options, result_variable, views or views_of(token))
        try:
            outcome = self.call(call)
        except ThrownByProgram as error:
            raise BpmnError(error.code, error.message, error.variables) from error
        except ServiceFailed as failure:
            raise ProgramFailure(failure) from failure
        token.data.update(outcome.variables)
