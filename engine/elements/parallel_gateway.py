"""Parallel gateway (BPMN 2.0, 10.6.4 and 13.4.1): one token of each incoming flow in, one on each outgoing flow out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.elements.join import Join

if TYPE_CHECKING:
    from engine.spiff.element_spec import Flow
    from engine.spiff.token import Token


class ParallelGateway(Join):
    def _update_hook(self, my_task: Token) -> bool:
        if len(self.incoming) < 2 or my_task.memory.get("joined"):
            self.open(my_task)
            return True
        self.arrive(my_task)
        first = self.one_of_each(self.waiting_with(my_task))
        if len(first) < len(self.incoming):
            my_task.remember(arrived=True)
            my_task.rest()
            return False
        self.merge(list(first.values()), my_task)
        self.open(my_task)
        return True

    def settle(self, waiting: list[Token], *, stuck: bool) -> bool:
        """Drawings join what they never forked: guided, the join goes on when nobody else can come."""
        if not self.process.guided or self.can_still_come(waiting, stuck=stuck):
            return False
        return self.join_what_came(waiting)

    def choose(self, token: Token) -> list[Flow]:
        """Conditions on its flows count for nothing (13.4.1)."""
        return self.outgoing
