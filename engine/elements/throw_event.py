"""What events that throw share (BPMN 2.0, 10.5.1): they throw once, and wait for what they have to wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.elements.event import Event
from engine.elements.message_event import MessageEvent
from engine.spiff.waits import Entry, entries

if TYPE_CHECKING:
    from engine.spiff.token import Token


class ThrowEvent(Event):
    def _run_hook(self, my_task: Token) -> bool | None:
        """None while tokens are inside it or it waits for a program."""
        if my_task.memory.get("done"):
            return True
        for definition in self.definitions:
            if my_task.is_open:
                definition.throw(my_task, self)
        return None if my_task.is_open and (my_task._children or entries(my_task)) else True

    def triggered(self, token: Token, entry: Entry, variables: dict[str, Any]) -> None:
        """The program that it waited for has done its work."""
        for definition in self.definitions:
            if entry.purpose == "work" and isinstance(definition, MessageEvent) and definition.service is not None:
                definition.service.take(token, variables)
                variables = {}
        super().triggered(token, entry, variables)

    def _on_complete_hook(self, my_task: Token) -> None:
        for definition in self.definitions:
            if my_task.is_open:
                definition.thrown(my_task, self)
