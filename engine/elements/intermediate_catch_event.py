"""Intermediate catch event (BPMN 2.0, 10.5.4): the token rests until it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.event import Event
from engine.elements.event_definition import Unsaid
from engine.spiff.waits import Entry

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class IntermediateCatchEvent(Event):
    def __init__(
        self, process: ProcessSpec, node: m.IntermediateCatchEvent, c: Compilation, name: str | None = None
    ) -> None:
        super().__init__(process, node, c, name)
        self.definitions = self.definitions or [Unsaid(guided=c.guided)]

    def _update_hook(self, my_task: Token) -> bool:
        super()._update_hook(my_task)
        if my_task.memory.get("happened") or my_task.memory.get("done"):
            return True
        self.arm(my_task)
        if not my_task.memory.get("waits"):
            return True
        my_task.rest()
        return False

    def triggered(self, token: Token, entry: Entry, variables: dict[str, Any]) -> None:
        if not self.is_only_part(token, entry, variables):
            super().triggered(token, entry, variables)
