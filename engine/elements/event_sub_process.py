"""Event sub-process (BPMN 2.0, 10.3.5): waits in its scope for its start event; interrupting, it takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from engine.elements.flow_container import FlowContainer
from engine.judgement import RUNS, Judgement
from engine.spiff.failures import BpmnError
from engine.spiff.waits import Entry, close_waits

if TYPE_CHECKING:
    from engine.elements.start_event import StartEvent
    from engine.spiff.token import Token


class EventSubProcess(FlowContainer):
    """`start` is its start event; the waits for it are kept by the token of the scope around it."""

    extends_scope = True
    start: StartEvent | None = None

    @property
    def watches_conditions(self) -> bool:
        return self.start is not None and self.start.watches_conditions

    def judge(self) -> Judgement:
        if self.start is not None:
            return RUNS
        return Judgement(
            "will_not_run", "It has no start event, so it never begins.", "Give it a start event.", "no-start"
        )

    def arm(self, scope_token: Token) -> None:
        """Begin to wait in the scope that this token stands for."""
        if self.start is not None:
            self.start.arm(scope_token)

    def happened(self, scope_token: Token, entry: Entry | None, variables: dict[str, Any]) -> None:
        """The start event has occurred: interrupt the scope, or run beside it and wait for the next time."""
        workflow = scope_token.workflow
        start = self.start
        assert start is not None
        if start.interrupting:
            close_waits(scope_token)
            # Interrupted before anything in it began, it holds nothing but this event sub-process.
            scope_token._set_state(TaskState.STARTED)
            for child in scope_token.children:
                workflow.cancel_token(child, by=self.element_id)
        elif entry is not None:
            start.wait_again(scope_token, entry)
        token = workflow.add_token(self, scope_token, memory={"start": start.name})
        token.scope = workflow.add_scope(token.instance.id, scope_token.scope, token.id)
        token.data.update(variables)

    def caught(self, scope_token: Token, error: BpmnError) -> None:
        """An error or escalation thrown inside the scope."""
        assert self.start is not None
        self.happened(scope_token, None, self.start.thrown_variables(scope_token, error))
