"""Inclusive gateway (BPMN 2.0, 10.6.3 and 13.4.3): every true flow; joined when no other token can still arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.elements.gateway import DecidingGateway
from engine.elements.join import Join

if TYPE_CHECKING:
    from engine.spiff.token import Token


class InclusiveGateway(Join, DecidingGateway):
    multiple = True

    def _update_hook(self, my_task: Token) -> bool:
        if len(self.incoming) > 1 and not my_task.memory.get("joined"):
            my_task.remember(arrived=True)
            my_task.rest()
            self.arrive(my_task)
            return False
        return DecidingGateway._update_hook(self, my_task)

    def settle(self, waiting: list[Token], *, stuck: bool) -> bool:
        """Join one token of each flow that has any, unless one on the way can reach a flow that has none."""
        if self.can_still_come(waiting, stuck=stuck):
            return False
        return self.join_what_came(waiting)
