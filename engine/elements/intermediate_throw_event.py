"""Intermediate throw event (BPMN 2.0, 10.5.4): throws and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.elements.event import Event

if TYPE_CHECKING:
    from engine.spiff.token import Token


class IntermediateThrowEvent(Event):
    def _run_hook(self, my_task: Token) -> bool | None:
        for definition in self.definitions:
            if my_task.is_open:
                definition.throw(my_task, self)
        return True
