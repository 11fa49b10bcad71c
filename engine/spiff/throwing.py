"""The way of an error or escalation from where it is thrown to its handler (BPMN 2.0, 10.5.1 and 10.5.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from engine.spiff.failures import BpmnError

if TYPE_CHECKING:
    from engine.spiff.token import Token


def find_handler(token: Token, code: str | None, kind: Literal["error", "escalation"]) -> tuple[Any, Token] | None:
    """The nearest handler outwards: of the activity itself, of the scopes around it, of the calling instances."""
    at: Token | None = token
    came_from: Token | None = None
    while at is not None:
        if came_from is not None:
            at.task_spec.passes_through(at, came_from)
        handler = at.task_spec.catches(at, code, kind, came_from)
        if handler is not None:
            return handler, at
        came_from, at = at, at.parent
    return None


def throw_error(token: Token, error: BpmnError) -> None:
    """Let the nearest handler catch the error. Nobody does: the instance has failed, and its history says so."""
    workflow = token.workflow
    found = find_handler(token, error.code, "error")
    if found is not None:
        handler, at = found
        workflow.guard(at, lambda: handler.caught(at, error))
        return
    if error.failure is not None:
        workflow.fail(token, error.failure)
        return
    body = workflow.bodies[token.instance.id]
    body.task_spec.uncaught_error(token, error)
