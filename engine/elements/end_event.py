"""End event (BPMN 2.0, 10.5.3): throws what it has to, and the token is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.elements.throw_event import ThrowEvent

if TYPE_CHECKING:
    from engine.spiff.element_spec import Flow
    from engine.spiff.token import Token


class EndEvent(ThrowEvent):
    def choose(self, token: Token) -> list[Flow]:
        """Flows out of an end event are not followed (10.5.3)."""
        return []
