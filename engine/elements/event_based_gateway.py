"""Event-based gateway (BPMN 2.0, 10.6.6 and 13.4.4): waits for all that follows; what happens first takes the token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.elements.flow_node import FlowNode
from engine.spiff.waits import close_waits

if TYPE_CHECKING:
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.token import Token


class EventBasedGateway(FlowNode):
    def _update_hook(self, my_task: Token) -> bool:
        self.open(my_task)
        for flow in self.outgoing:
            self.process.task_specs[flow.target].arm(my_task)
        my_task.rest()
        return False

    def stands_for(self, token: Token, target: ElementSpec, variables: dict[str, Any]) -> bool:
        """The target's event came first: the token goes there and through it."""
        flow = next(flow for flow in self.outgoing if flow.target == target.name)
        token.data.update(target.received(token, variables))
        close_waits(token, how="completed")
        self.close(token)
        parent, scope = token.parent, token.scope
        token.workflow.remove(token, "completed")
        token.workflow.place(target, parent, scope, token.instance, flow=flow.id, memory={"happened": True})
        return True
