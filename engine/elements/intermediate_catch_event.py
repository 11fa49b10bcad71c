"""Intermediate catch event (BPMN 2.0, 10.5.4): the token rests until it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.elements.event import Event
from engine.elements.person import ask_whether_it_happened

if TYPE_CHECKING:
    from engine.spiff.token import Token


class IntermediateCatchEvent(Event):
    def _update_hook(self, my_task: Token) -> bool:
        super()._update_hook(my_task)
        if my_task.memory.get("happened") or my_task.memory.get("done"):
            return True
        if not self.definitions and self.process.guided:
            ask_whether_it_happened(my_task, self)
        self.arm(my_task)
        if not my_task.memory.get("waits"):
            return True
        my_task.rest()
        return False
