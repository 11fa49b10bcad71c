"""End event (BPMN 2.0, 10.5.3): throws what it has to, and the token is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.elements.event import Event

if TYPE_CHECKING:
    from engine.spiff.element_spec import Flow
    from engine.spiff.token import Token


class EndEvent(Event):
    def _run_hook(self, my_task: Token) -> bool | None:
        for definition in self.definitions:
            if my_task.is_open:
                definition.throw(my_task, self)
        return True

    def choose(self, token: Token) -> list[Flow]:
        """Flows out of an end event are not followed (10.5.3)."""
        return []
