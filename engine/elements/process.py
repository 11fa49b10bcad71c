"""Process (BPMN 2.0, 10.2): its token stands for the running instance and ends it when nothing is left inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.elements.flow_container import FlowContainer
from engine.spiff.adopted import adopt
from engine.spiff.failures import BpmnError, ElementFailure
from engine.spiff.workflow import ProcessWorkflow

if TYPE_CHECKING:
    from engine.spiff.token import Token

WENT = ("token-passed", "token-gone")


class Process(FlowContainer):
    """Called, it is a child of the call activity's token; otherwise it is the root of the tree."""

    def _predict(self, my_task: Any, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        """SpiffWorkflow predicts from here when it makes a workflow of this spec."""
        if not isinstance(my_task.workflow, ProcessWorkflow):
            adopt(my_task.workflow, self.process)

    def current_activity(self, token: Token, event: str | None) -> str:
        """In Camunda, what it begins with, and what it ended with."""
        if self.process.dialect == "camunda7" and event == "start":
            return next((spec.element_id for spec in self.starts(token.memory.get("start"))), self.element_id)
        if self.process.dialect == "camunda7" and event == "end":
            past = reversed(token.workflow.changes.events)
            own = (each for each in past if each.instance_id == token.instance.id and each.kind in WENT)
            return next((each.element_id or "" for each in own), self.element_id)
        return self.element_id

    def _on_complete(self, my_task: Token) -> None:
        self._on_complete_hook(my_task)
        self.close(my_task)
        workflow, caller, instance = my_task.workflow, my_task.parent, my_task.instance
        if caller is not None:
            caller.task_spec.returned(caller, my_task)
        workflow.remove(my_task, "completed")
        # An error that nobody caught ended a branch: what goes on beside it does not make that a success.
        workflow.end_instance(instance, "failed" if instance.end_reason else "completed", instance.end_reason)
        if caller is not None and not caller._children:
            workflow.pending.append(caller)

    def _on_cancel(self, my_task: Token) -> None:
        my_task.workflow.end_instance(my_task.instance, "cancelled")

    def uncaught_error(self, token: Token, error: BpmnError) -> None:
        """No handler anywhere: as Camunda and Flowable do in their files; otherwise the instance has failed."""
        workflow = token.workflow
        code = error.code or "no code"
        dialect = "bpmn" if self.process.guided else self.process.dialect
        if dialect == "camunda7":
            workflow.record(
                "error-uncaught",
                token.instance.id,
                element_id=token.task_spec.element_id,
                data={"code": code, "reason": _reason(error)},
            )
            token.instance.end_reason = _reason(error)
            workflow.changes.instance_changed(token.instance)
            for child in token.children:
                workflow.cancel_token(child)
            workflow.leave(token, [])
            return
        if dialect in ("flowable", "activiti", "zeebe"):
            failure = ElementFailure(
                "error-uncaught",
                f"No catching boundary event found for error with errorCode '{code}'.",
                "Catch it with a boundary event or an event sub-process, or cancel the instance.",
            )
            if workflow.failures == "raise":
                raise failure
            workflow.stop(token, failure)
            return
        root = workflow.bodies[workflow.root_id]
        workflow.end_instance(root.instance, "failed", _reason(error))
        workflow.cancel_token(root)


def _reason(error: BpmnError) -> str:
    return f"error {error.code or 'no code'}" + (f": {error.message}" if error.message else "")
