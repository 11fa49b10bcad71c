"""Terminate event definition (BPMN 2.0, 10.5.3): ends all that goes on in its scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.event_definition import EventDefinition
from engine.elements.loop_body import LoopBody

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token


class TerminateEvent(EventDefinition):
    kind = "terminate"

    def __init__(self, definition: m.EventDefinition, node: m.BaseElement, c: Compilation) -> None:
        details = c.execution(definition)
        self.whole_instance = details.terminate_all
        self.all_items = details.terminate_instances

    def throw(self, token: Token, event: Any) -> None:
        """The scope completes at once.

        Flowable's terminateAll ends the whole root instance, its terminateMultiInstance all items around the event.
        """
        workflow = token.workflow
        loop = _loop_around(token) if self.all_items else None
        if loop is not None:
            for item in loop.children:
                workflow.cancel_token(item, by=event.element_id)
            loop.remember(done=True)
            workflow.pending.append(loop)
            return
        scope_token = token.parent
        assert scope_token is not None
        if self.whole_instance:
            scope_token = workflow.bodies[workflow.root_id]
        for other in scope_token.children:
            if other is not token:
                workflow.cancel_token(other, by=event.element_id)
        if self.whole_instance and token.is_open and token.parent is not scope_token:
            workflow.cancel_token(token, by=event.element_id)
        if not scope_token._children:
            workflow.pending.append(scope_token)


def _loop_around(token: Token) -> Token | None:
    around: Token | None = token.parent
    while around is not None and not isinstance(around.task_spec, LoopBody):
        around = around.parent
    return around
