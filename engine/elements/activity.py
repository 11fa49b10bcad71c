"""What all activities share (BPMN 2.0, 10.3 and 13.3.2): boundary events while they go on, loops around them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from SpiffWorkflow.util.task import TaskState

from bpmn import model as m
from engine.elements.compensation import remember_completed
from engine.elements.flow_node import AFTER, FlowNode
from engine.elements.question import answered, ask_way, is_asked
from engine.expressions import ExpressionError
from engine.spiff.element_spec import skipping
from engine.spiff.failures import BpmnError, ElementFailure, as_failure
from engine.spiff.waits import close_waits, entries

if TYPE_CHECKING:
    from engine.elements.boundary_event import BoundaryEvent
    from engine.elements.compilation import Compilation
    from engine.elements.loop_body import LoopBody
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class Activity(FlowNode):
    """Subclasses say in `perform` what is done: True when it is done at once, None when it completes later.

    `multiple`: asked which way to go, several may be taken, as several conditions may be true.
    """

    multiple: ClassVar[bool] = True

    def __init__(
        self, process: ProcessSpec, node: m.Activity | m.Process, c: Compilation, name: str | None = None
    ) -> None:
        super().__init__(process, node, c, name)
        self.boundaries: list[BoundaryEvent] = []
        self.item_of: LoopBody | None = None
        # Camunda lets error events catch what a script or program raises ("Catch a Java exception by its class name").
        self.failures_are_errors = c.dialect == "camunda7" and isinstance(node, (m.ServiceTask, m.ScriptTask))
        self.skip = c.evaluator(c.execution(node).skip)

    def perform(self, token: Token) -> bool | None:
        return True

    def _update_hook(self, my_task: Token) -> bool:
        self.open(my_task)
        return my_task.is_open and my_task._state == TaskState.FUTURE

    def open(self, token: Token) -> None:
        if token.memory.get("opened"):
            return
        super().open(token)
        if token.is_open:
            for boundary in self.boundaries:
                if not boundary.watches_conditions:
                    boundary.arm(token)

    def watch_conditions(self, token: Token) -> None:
        """As in Camunda, conditions are watched from before the inputs are set until the activity is left."""
        waiting = {entry.element_id for entry in entries(token)}
        for boundary in self.boundaries:
            if boundary.watches_conditions and boundary.element_id not in waiting:
                boundary.arm(token)

    @property
    def remembers_opening(self) -> bool:
        return bool(self.boundaries) or super().remembers_opening

    def _run_hook(self, my_task: Token) -> bool | None:
        if my_task.memory.get("done") or self.is_skipped(my_task):
            return True
        if not self.failures_are_errors:
            return self.perform(my_task)
        try:
            return self.perform(my_task)
        except (ElementFailure, ExpressionError) as failure:
            kind = getattr(failure, "kind", None)
            raise BpmnError(kind, str(failure), failure=as_failure(failure)) from failure

    def is_skipped(self, token: Token) -> bool:
        """Flowable's skipExpression, where the instance has switched it on."""
        return self.skip is not None and skipping(token) and self.skip.is_true(token)

    def close(self, token: Token) -> None:
        """Its boundary events are told nothing of what its outputs and end listeners set (as in Camunda)."""
        super().close(token)
        close_waits(token)

    @property
    def compensated_by(self) -> str | None:
        """The spec of the activity that undoes it; of a loop each item is undone."""
        boundaries = self.item_of.boundaries if self.item_of is not None else self.boundaries
        for boundary in boundaries:
            for definition in boundary.definitions:
                if definition.handler is not None:
                    return definition.handler
        return None

    def _on_cancel(self, my_task: Token) -> None:
        """Camunda carries out outputs and end listeners of what is interrupted, too."""
        memory = my_task.memory
        if self.process.dialect != "camunda7" or self.process.guided or not memory.get("opened") or "closed" in memory:
            return
        self.while_cancelled(my_task, lambda: FlowNode.close(self, my_task))

    def while_cancelled(self, token: Token, act: Callable[[], None]) -> None:
        """Do what belongs to its end; an error thrown there finds nobody any more and is only written down."""
        try:
            act()
        except (BpmnError, ElementFailure, ExpressionError) as failure:
            if token.workflow.failures == "raise" and not isinstance(failure, BpmnError):
                raise
            token.workflow.record(
                "outputs-failed", token.instance.id, element_id=self.element_id, data={"reason": str(failure)}
            )

    def wait_to_leave(self, token: Token) -> None:
        if self.item_of is None:
            super().wait_to_leave(token)
        else:
            self.wait_for_turn(token, AFTER)

    def undone_by(self, token: Token) -> dict[str, Any] | None:
        """What the scope around it remembers when it is done, to undo it (see compensation.py)."""
        handler = self.compensated_by
        return None if handler is None else {"of": self.element_id, "handler": handler}

    def go_on(self, token: Token) -> None:
        """Go on; guided, a person is asked where conditions cannot be decided."""
        record = self.undone_by(token)
        if record is not None:
            remember_completed(token, record)
        if self.item_of is not None:
            self.item_of.item_done(token)
            return
        flows = self.flow_of_turn(token) or answered(token, self)
        try:
            flows = self.choose(token) if flows is None else flows
        except (ExpressionError, ElementFailure):
            if not self.process.guided:
                raise
            token.remember(closed=True, done=True)
            token._set_state(TaskState.READY)
            ask_way(token, self, multiple=self.multiple)
            return
        token.workflow.leave(token, flows)

    def waits_for_person(self, token: Token) -> bool:
        return is_asked(token)

    def catches(self, token: Token, code: str | None, kind: str, came_from: Token | None) -> BoundaryEvent | None:
        if token.closing and self.process.dialect in ("flowable", "activiti"):
            # There an activity is over when its end listeners run: what they throw is caught around it.
            return None
        fitting = [b for b in self.boundaries if b.catches_thrown(kind, code)]
        fitting.sort(key=lambda boundary: boundary.catches_any)
        return fitting[0] if fitting else None
