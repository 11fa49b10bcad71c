"""What can go wrong at an element while a process runs; none of it is thrown at the person who clicked."""

from __future__ import annotations

from typing import Any

from engine.errors import Refusal
from engine.expressions import ExpressionError


class ElementFailure(Exception):
    """The element cannot go on: it becomes an incident with this reason and fix."""

    def __init__(self, code: str, reason: str, fix: str = "", expression: str | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.fix = fix
        self.expression = expression


class BpmnError(Exception):
    """A BPMN error on its way to the nearest handler (BPMN 2.0, 10.5.7).

    `failure`: what it is where nobody handles it, of one that nobody threw on purpose. `variables` are set by whoever
    catches it; of `data` a catching event takes what it names.
    """

    def __init__(
        self,
        code: str | None,
        message: str | None = None,
        variables: dict[str, Any] | None = None,
        failure: ElementFailure | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message or code or "error")
        self.code = code
        self.message = message
        self.variables = variables or {}
        self.failure = failure
        self.data = data or {}


def as_failure(failure: Exception) -> ElementFailure:
    """Whatever an element met, in the words of an incident."""
    if isinstance(failure, ElementFailure):
        return failure
    if isinstance(failure, ExpressionError):
        return ElementFailure("expression", failure.message, failure.fix, failure.text)
    if isinstance(failure, Refusal):
        return ElementFailure("refused", failure.message, failure.fix)
    return ElementFailure("failed", str(failure))
