"""What can go wrong at an element while a process runs; none of it is thrown at the person who clicked."""

from __future__ import annotations

from typing import Any


class ElementFailure(Exception):
    """The element cannot go on: it becomes an incident with this reason and fix."""

    def __init__(self, code: str, reason: str, fix: str = "", expression: str | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.fix = fix
        self.expression = expression


class BpmnError(Exception):
    """A BPMN error on its way to the nearest handler (BPMN 2.0, 10.5.7)."""

    def __init__(self, code: str | None, message: str | None = None, variables: dict[str, Any] | None = None) -> None:
        super().__init__(message or code or "error")
        self.code = code
        self.message = message
        self.variables = variables or {}
