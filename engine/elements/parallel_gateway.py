"""Parallel gateway (BPMN 2.0, 10.6.4 and 13.4.1): one token of each incoming flow in, one on each outgoing flow out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spiff.element_spec import ElementSpec, Flow

if TYPE_CHECKING:
    from engine.spiff.token import Token


class ParallelGateway(ElementSpec):
    keeps_flow = True

    def _update_hook(self, my_task: Token) -> bool:
        if len(self.incoming) < 2:
            return True
        self.restored(my_task)
        workflow = my_task.workflow
        waiting = workflow.joins[my_task._parent or 0, self.name]
        first: dict[str | None, Token] = {}
        for token in waiting:
            first.setdefault(token.memory.get("flow"), token)
        if len(first) < len(self.incoming):
            my_task.rest()
            return False
        for token in first.values():
            self.left_waiting(token)
            if token is not my_task:
                workflow.remove(token, "completed")
        return True

    def restored(self, token: Token) -> None:
        waiting = token.workflow.joins.setdefault((token._parent or 0, self.name), [])
        if token not in waiting:
            waiting.append(token)

    def left_waiting(self, token: Token) -> None:
        key = (token._parent or 0, self.name)
        waiting = token.workflow.joins.get(key, [])
        if token in waiting:
            waiting.remove(token)
        if not waiting:
            token.workflow.joins.pop(key, None)

    def choose(self, token: Token) -> list[Flow]:
        """Conditions on its flows count for nothing (13.4.1)."""
        return self.outgoing
