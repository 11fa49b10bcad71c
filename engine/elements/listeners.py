"""Execution and task listeners: code of the model that runs at a moment of an element's life (Camunda, Flowable)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn.model.execution import Execution, Listener
from engine.elements.program import Program
from engine.spiff.evaluation import Evaluator
from engine.spiff.failures import ElementFailure
from engine.spiff.script import Script
from engine.spiff.task_view import TaskView
from engine.spiff.views import views_of

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token


class Listeners:
    """The compiled listeners of one element, in the order of the file."""

    def __init__(self, details: Execution, c: Compilation) -> None:
        self._listeners = [CompiledListener(listener, c) for listener in details.listeners]

    def none(self) -> Listeners:
        """The same without any listener."""
        empty = Listeners.__new__(Listeners)
        empty._listeners = []
        return empty

    def __bool__(self) -> bool:
        return bool(self._listeners)

    @property
    def unbound(self) -> list[str]:
        """The classes that only the vendor's own installation knows."""
        return [listener.name for listener in self._listeners if listener.is_unbound]

    def hears(self, event: str, on: str = "execution") -> bool:
        return any(listener.hears(event, on) for listener in self._listeners)

    def run(self, event: str, token: Token, on: str = "execution") -> None:
        for listener in self._listeners:
            if listener.hears(event, on):
                listener.run(event, token)


class CompiledListener:
    """One listener: an expression, a script, or a class that is bound to a function."""

    def __init__(self, listener: Listener, c: Compilation) -> None:
        self.event = listener.event
        self.on = listener.on
        self.name = listener.target.text
        self.result_variable = listener.result_variable
        self.evaluator = c.evaluator(listener.target) if listener.kind == "expression" else None
        self.script = Script(listener.target) if listener.kind == "script" else None
        binding = c.binding(f"class:{self.name}") if listener.kind in ("class", "delegate") else None
        self.program = Program(binding, c) if binding is not None and binding.kind == "python" else None
        self.guided = c.guided
        self.fields: list[tuple[str, Evaluator | None]] = [(key, c.evaluator(code)) for key, code in listener.fields]

    @property
    def is_unbound(self) -> bool:
        return self.program is None and self.evaluator is None and self.script is None

    def hears(self, event: str, on: str) -> bool:
        return self.on == on and self.event in (event, "all" if on == "task" else event)

    def run(self, event: str, token: Token) -> None:
        views: dict[str, Any] = dict(views_of(token, event))
        if self.on == "task":
            views["task"] = TaskView(token, event)
        if self.program is not None:
            fields = {key: field.value(token) for key, field in self.fields if field is not None}
            self.program.run(token, {"event": event, **fields}, views=views)
            return
        if self.evaluator is not None:
            value = self.evaluator.value(token, views)
        elif self.script is not None:
            value = self.script.run(token, views)
        elif self.guided:
            data = {"event": event, "listener": self.name}
            element_id = token.task_spec.element_id
            token.workflow.record(
                "listener-skipped", token.instance.id, element_id=element_id, token=token.id, data=data
            )
            return
        else:
            raise ElementFailure(
                "listener",
                f"The {event} listener {self.name!r} is a program of the vendor's engine.",
                f"Bind class:{self.name} to a Python function, or write it as an expression or a script.",
            )
        if self.result_variable:
            token.data[self.result_variable] = value
