"""Boundary event (BPMN 2.0, 10.5.4): waits while its activity goes on, interrupts it or runs beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.event import Event
from engine.elements.event_definition import Unsaid
from engine.spiff.failures import BpmnError
from engine.spiff.waits import Entry

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class BoundaryEvent(Event):
    """While it waits it has no token: the activity's token keeps the wait."""

    def __init__(self, process: ProcessSpec, node: m.BoundaryEvent, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.definitions = self.definitions or [Unsaid(guided=c.guided)]
        self.interrupting = node.cancel_activity is not False or self.catches_errors
        self.hosts: tuple[str, ...] = ()

    def triggered(self, token: Token, entry: Entry, variables: dict[str, Any]) -> None:
        """It happened while `token` was in the activity; or the turn of its own token has come."""
        if token.task_spec is self:
            super().triggered(token, entry, variables)
            return
        if self.is_only_part(token, entry, variables):
            return
        if not self.interrupting:
            self.wait_again(token, entry)
        self._go(token, self.received(token, variables))

    def happened(self, token: Token) -> None:
        """It is let happen by what ended inside the activity, such as a cancelled transaction."""
        self._go(token, {})

    def caught(self, token: Token, error: BpmnError) -> None:
        """An error or escalation came out of the activity."""
        self._go(token, self.thrown_variables(token, error))

    def _go(self, token: Token, variables: dict[str, Any]) -> None:
        workflow = token.workflow
        scope = token.scope
        if scope.token == token.id and scope.parent is not None:
            scope = scope.parent
        parent = token.parent
        if self.interrupting:
            workflow.cancel_token(token, by=self.element_id)
        assert parent is not None
        path = workflow.add_token(self, parent, scope, memory={"happened": True})
        path.data.update(variables)
