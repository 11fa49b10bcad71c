"""Execution and task listeners: code of the model that runs at a moment of an element's life (Camunda, Flowable)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn.model.execution import Execution, Listener
from engine.expressions import run_script
from engine.spiff.evaluation import Evaluator
from engine.spiff.failures import ElementFailure
from engine.spiff.views import views_of

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token


class Listeners:
    """The compiled listeners of one element, in the order of the file."""

    def __init__(self, details: Execution, c: Compilation) -> None:
        self._listeners: list[tuple[Listener, Evaluator | None]] = [
            (listener, c.evaluator(listener.target) if listener.kind in ("expression", "delegate") else None)
            for listener in details.listeners
        ]

    def none(self) -> Listeners:
        """The same without any listener."""
        empty = Listeners.__new__(Listeners)
        empty._listeners = []
        return empty

    def __bool__(self) -> bool:
        return bool(self._listeners)

    def run(self, event: str, token: Token, on: str = "execution") -> None:
        for listener, evaluator in self._listeners:
            if listener.event != event or listener.on != on:
                continue
            if listener.kind == "expression" and evaluator is not None:
                evaluator.value(token, dict(views_of(token, event)))
            elif listener.kind == "script":
                result = run_script(listener.target.text, listener.target.language, token.data)
                token.data.update(result.changed)
            else:
                raise ElementFailure(
                    "listener",
                    f"The {event} listener {listener.target.text!r} is a program of the vendor's engine.",
                    "Write it as an expression or a script, or take it out of the model.",
                )
