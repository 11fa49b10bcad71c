"""What all flow nodes share: listeners and mappings around what they do, and turns that a runner takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from bpmn import model as m
from engine.elements.listeners import Listeners
from engine.elements.mappings import Mappings
from engine.runtime.records import JobRecord
from engine.spiff.element_spec import ElementSpec, Flow
from engine.spiff.waits import Entry, close_wait, open_wait
from engine.timers import TimerError, parse_retry_cycle

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token

BEFORE, AFTER = "async-before", "async-after"


class FlowNode(ElementSpec):
    """`own_scope`: whether it always has a scope of its own; with input mappings it has one anyway."""

    own_scope = False

    def __init__(
        self, process: ProcessSpec, node: m.FlowNode | m.Process, c: Compilation, name: str | None = None
    ) -> None:
        super().__init__(process, node, c, name)
        details = c.execution(node)
        self.mappings = Mappings(details, c)
        self.listeners = Listeners(details, c)
        self.async_before = details.async_before
        self.async_after = details.async_after
        # Flowable's turn (asyncLeave) is before all that belongs to leaving.
        self.closes_late = c.dialect in ("flowable", "activiti")
        self.job_priority = c.evaluator(details.job_priority)
        self.retry_cycle = c.evaluator(details.retry)

    def _update(self, my_task: Token) -> None:
        turn = my_task.memory.get("turn")
        if turn == "after":
            my_task._set_state(TaskState.READY)
        elif self.async_before and turn is None:
            self.wait_for_turn(my_task, BEFORE)
        else:
            super()._update(my_task)

    def open(self, token: Token) -> None:
        """Enter the node, once: its scope and inputs, its start listeners."""
        if token.memory.get("opened"):
            return
        if (self.own_scope or self.mappings.inputs) and token.scope.token != token.id:
            token.scope = token.workflow.add_scope(token.instance.id, token.scope, token.id)
        self.declare_variables(token)
        self.watch_conditions(token)
        self.mappings.apply_inputs(token)
        if self.goes_on(token):
            self.listeners.run("start", token)
        if self.goes_on(token) and self.remembers_opening:
            token.remember(opened=True)

    def declare_variables(self, token: Token) -> None:
        """Its scope begins with what the model gives it."""

    def watch_conditions(self, token: Token) -> None:
        """Conditional events of the node see what its inputs and listeners set."""

    def goes_on(self, token: Token) -> bool:
        """Whether the token is still there after the conditional events that its last changes may have caused."""
        if token.is_open:
            token.workflow.look_at_conditions()
        return token.is_open

    @property
    def remembers_opening(self) -> bool:
        """Whether entering it twice would show."""
        return bool(self.own_scope or self.mappings or self.listeners)

    def close(self, token: Token) -> None:
        """Leave the node: its outputs, its end listeners."""
        self.mappings.apply_outputs(token)
        self.listeners.run("end", token)

    def _on_complete(self, my_task: Token) -> None:
        turn_comes = self.async_after and my_task.memory.get("turn") != "after"
        if turn_comes and self.closes_late:
            my_task.remember(done=True)
            self.wait_for_turn(my_task, AFTER)
            return
        if not my_task.memory.get("closed"):
            self._on_complete_hook(my_task)
            if not self.goes_on(my_task):
                return
            my_task.closing = True
            self.close(my_task)
            my_task.closed = True
            if not my_task.is_open:
                return
        if turn_comes:
            my_task.remember(closed=True, done=True)
            self.wait_to_leave(my_task)
        else:
            self.go_on(my_task)

    def go_on(self, token: Token) -> None:
        """Take the flows out of it."""
        token.workflow.leave(token, self.flow_of_turn(token) or self.choose(token))

    def wait_to_leave(self, token: Token) -> None:
        """As in Camunda (asyncAfter) the flows are chosen before, and each has a turn of its own."""
        flows = self.choose(token)
        if flows:
            token.remember(flow_of_turn=flows[0].id)
        self.wait_for_turn(token, AFTER)
        outside = token.scope.parent if token.scope.token == token.id and token.scope.parent else token.scope
        for flow in flows[1:]:
            assert token.parent is not None
            memory = {name: value for name, value in token.memory.items() if name != "waits"}
            other = token.workflow.add_token(self, token.parent, outside, memory={**memory, "flow_of_turn": flow.id})
            self.wait_for_turn(other, AFTER)

    def flow_of_turn(self, token: Token) -> list[Flow] | None:
        """The flow that was chosen before its turn came."""
        chosen = token.memory.get("flow_of_turn")
        return None if chosen is None else [self.process.flows[chosen]]

    def wait_for_turn(self, token: Token, purpose: str) -> None:
        """Let a runner carry on in a transaction of its own."""
        open_wait(token, new_job(token, "async", self, chain=token.workflow.chain.kept()), self.element_id, purpose)
        token.rest()

    def triggered(self, token: Token, entry: Entry, variables: dict[str, Any]) -> None:
        if entry.purpose not in (BEFORE, AFTER):
            super().triggered(token, entry, variables)
            return
        close_wait(token, entry)
        token.remember(turn="after" if entry.purpose == AFTER else "before")
        token.workflow.resume(token)


def new_job(token: Token, kind: Any, spec: ElementSpec, topic: str | None = None, **payload: Any) -> JobRecord:
    """A job of this token that is due now, with the retries and priority that the model declares."""
    workflow = token.workflow
    cycle = getattr(spec, "retry_cycle", None)
    priority = getattr(spec, "job_priority", None)
    retry_cycle = cycle.text(token) if cycle is not None else None
    return JobRecord(
        number=workflow.next_number(),
        instance_id=token.instance.id,
        kind=kind,
        created_at=workflow.now,
        due_at=workflow.now,
        token=token.id,
        element_id=spec.element_id,
        topic=topic,
        retries=tries_of(retry_cycle),
        retry_cycle=retry_cycle,
        priority=int(priority.value(token) or 0) if priority is not None else 0,
        payload=payload,
    )


def tries_of(retry_cycle: str | None, otherwise: int = 3) -> int:
    """How many tries a job has in all. A cycle that cannot be read counts as absent."""
    try:
        return parse_retry_cycle(retry_cycle)[0] if retry_cycle else otherwise
    except TimerError:
        return otherwise
