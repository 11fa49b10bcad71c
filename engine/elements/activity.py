"""What all activities share (BPMN 2.0, 10.3 and 13.3.2): scope, mappings, listeners, boundary events, turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from bpmn import model as m
from engine.elements.listeners import Listeners
from engine.elements.mappings import Mappings
from engine.elements.question import answered, ask_way, is_asked
from engine.expressions import ExpressionError
from engine.runtime.records import JobRecord
from engine.spiff.element_spec import ElementSpec
from engine.spiff.failures import ElementFailure
from engine.spiff.waits import Entry, close_wait, close_waits, open_wait

if TYPE_CHECKING:
    from engine.elements.boundary_event import BoundaryEvent
    from engine.elements.compilation import Compilation
    from engine.elements.loop_body import LoopBody
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class Activity(ElementSpec):
    """Subclasses say in `perform` what is done: True when it is done at once, None when it completes later."""

    own_scope = False

    def __init__(
        self, process: ProcessSpec, node: m.Activity | m.Process, c: Compilation, name: str | None = None
    ) -> None:
        super().__init__(process, node, c, name)
        details = c.execution(node)
        self.boundaries: list[BoundaryEvent] = []
        self.item_of: LoopBody | None = None
        self.mappings = Mappings(details, c)
        self.listeners = Listeners(details, c)
        self.async_before = details.async_before
        self.async_after = details.async_after
        self.job_priority = c.evaluator(details.job_priority)
        self.retry_cycle = c.evaluator(details.retry)

    def perform(self, token: Token) -> bool | None:
        return True

    # -- the life of an activity ------------------------------------------------------------------------------------

    def _update_hook(self, my_task: Token) -> bool:
        if self.async_before and not my_task.memory.get("turn"):
            self.wait_for_turn(my_task, "async-before")
            return False
        if not my_task.memory.get("opened"):
            self.open(my_task)
        return True

    def open(self, token: Token) -> None:
        """Enter the activity: its scope, its inputs, what may interrupt it."""
        if (self.own_scope or self.mappings.inputs) and token.scope.token != token.id:
            token.scope = token.workflow.add_scope(token.instance.id, token.scope, token.id)
        self.mappings.apply_inputs(token)
        self.listeners.run("start", token)
        for boundary in self.boundaries:
            boundary.arm(token)
        if self.boundaries or self.own_scope or self.mappings.inputs:
            token.remember(opened=True)

    def _run_hook(self, my_task: Token) -> bool | None:
        return True if my_task.memory.get("done") else self.perform(my_task)

    def _on_complete(self, my_task: Token) -> None:
        if not my_task.memory.get("closed"):
            self.close(my_task)
        if self.async_after and my_task.memory.get("turn") != "after":
            my_task.remember(closed=True)
            self.wait_for_turn(my_task, "async-after")
        elif self.item_of is not None:
            self.item_of.item_done(my_task)
        else:
            self._leave(my_task)

    def _leave(self, token: Token) -> None:
        """Go on; guided, a person is asked where conditions cannot be decided."""
        flows = answered(token, self)
        try:
            flows = self.choose(token) if flows is None else flows
        except (ExpressionError, ElementFailure):
            if not self.process.guided:
                raise
            token.remember(closed=True, done=True)
            token._set_state(TaskState.READY)
            ask_way(token, self, multiple=True)
            return
        token.workflow.leave(token, flows)

    def waits_for_person(self, token: Token) -> bool:
        return is_asked(token)

    def close(self, token: Token) -> None:
        """Leave the activity: its outputs, nothing interrupts it any more."""
        self._on_complete_hook(token)
        self.mappings.apply_outputs(token)
        self.listeners.run("end", token)
        close_waits(token)

    # -- asynchronous turns -----------------------------------------------------------------------------------------

    def wait_for_turn(self, token: Token, purpose: str) -> None:
        """Let a runner carry on in a transaction of its own."""
        job = new_job(token, "async", self)
        open_wait(token, job, self.element_id, purpose)
        token.rest()

    def triggered(self, token: Token, entry: Entry, variables: dict[str, Any]) -> None:
        if entry.purpose not in ("async-before", "async-after"):
            super().triggered(token, entry, variables)
            return
        close_wait(token, entry)
        token.remember(turn="after" if entry.purpose == "async-after" else "before")
        if entry.purpose == "async-after":
            token.remember(done=True)
        token.workflow.resume(token)

    def restored(self, token: Token) -> None:
        if self.item_of is not None and token.scope.token == token.id and token.parent is not None:
            self.item_of.watch(token, token.parent)

    # -- what is thrown inside --------------------------------------------------------------------------------------

    def catches(self, token: Token, code: str | None, kind: str, came_from: Token | None) -> BoundaryEvent | None:
        fitting = [b for b in self.boundaries if b.catches_thrown(kind, code)]
        fitting.sort(key=lambda boundary: boundary.catches_any)
        return fitting[0] if fitting else None


def new_job(
    token: Token, kind: Any, spec: Activity | ElementSpec, topic: str | None = None, **payload: Any
) -> JobRecord:
    """A job of this token that is due now, with the retries and priority that the model declares."""
    workflow = token.workflow
    cycle = getattr(spec, "retry_cycle", None)
    priority = getattr(spec, "job_priority", None)
    return JobRecord(
        number=workflow.next_number(),
        instance_id=token.instance.id,
        kind=kind,
        created_at=workflow.now,
        due_at=workflow.now,
        token=token.id,
        element_id=spec.element_id,
        topic=topic,
        retry_cycle=cycle.text(token) if cycle is not None else None,
        priority=int(priority.value(token) or 0) if priority is not None else 0,
        payload=payload,
    )
