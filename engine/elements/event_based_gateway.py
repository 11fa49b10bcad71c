"""Event-based gateway (BPMN 2.0, 10.6.6 and 13.4.4): waits for all that follows; what happens first takes the token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.spiff.element_spec import ElementSpec
from engine.spiff.waits import Entry, close_waits

if TYPE_CHECKING:
    from engine.spiff.token import Token


class EventBasedGateway(ElementSpec):
    def _update_hook(self, my_task: Token) -> bool:
        for flow in self.outgoing:
            self.process.task_specs[flow.target].arm(my_task)
        my_task.rest()
        return False

    def happened(self, token: Token, target: ElementSpec, variables: dict[str, Any]) -> None:
        """The target's event came first: the token goes there and through it."""
        close_waits(token, how="completed")
        token.data.update(variables)
        flow = next(flow for flow in self.outgoing if flow.target == target.name)
        parent, scope = token.parent, token.scope
        assert parent is not None
        token.workflow.remove(token, "completed")
        token.workflow.add_token(target, parent, scope, flow=flow.id, memory={"happened": True})


def triggered_by_gateway(token: Token, entry: Entry, target: ElementSpec, variables: dict[str, Any]) -> bool:
    """Whether the token that waited stands at an event-based gateway before the target; then it moves."""
    gateway = token.task_spec
    if not isinstance(gateway, EventBasedGateway):
        return False
    gateway.happened(token, target, variables)
    return True
