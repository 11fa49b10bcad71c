"""The `task` of task listeners and scripts as Camunda and Flowable offer it (DelegateTask)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from engine.runtime.records import UserTaskRecord
from engine.spiff.failures import ElementFailure
from engine.spiff.views import ExecutionView
from engine.spiff.waits import close_wait, entries

if TYPE_CHECKING:
    from engine.spiff.token import Token


class TaskView(ExecutionView):
    """It changes a task only while that is being opened; later the task list has it, and only variables are set."""

    expression_members: ClassVar[frozenset[str]] = ExecutionView.expression_members | frozenset(
        [
            "complete",
            "execution",
            "getExecution",
            "name",
            "getName",
            "setName",
            "assignee",
            "getAssignee",
            "setAssignee",
            "owner",
            "getOwner",
            "setOwner",
            "priority",
            "getPriority",
            "setPriority",
            "taskDefinitionKey",
            "getTaskDefinitionKey",
            "addCandidateUser",
            "addCandidateGroup",
        ]
    )

    def __init__(self, token: Token, event: str | None = None) -> None:
        super().__init__(token, event)
        opened = token.workflow.changes.opened
        waiting = [entry.number for entry in entries(token) if entry.kind == "task"]
        records = [opened[number] for number in waiting if number in opened]
        self._record = next((record for record in records if isinstance(record, UserTaskRecord)), None)

    def complete(self) -> None:
        """The task is done already; its token goes on when the listeners have run."""
        if self.eventName in ("complete", "delete"):
            raise ElementFailure(
                "listener",
                f"A listener completes “{self._token.task_spec.title}” while it is being ended.",
                "Let the listener do that when the task is created, assigned or changed.",
            )
        for entry in entries(self._token):
            if entry.kind == "task":
                close_wait(self._token, entry, "completed")
        self._token.remember(done=True)

    def getExecution(self) -> ExecutionView:
        return ExecutionView(self._token, self.eventName)

    def getId(self) -> str:
        record = self._record
        return f"{self._token.workflow.root_id}-{record.number}" if record is not None else super().getId()

    def getName(self) -> str | None:
        return self._record.name if self._record is not None else self._token.task_spec.bpmn_name

    def setName(self, name: str | None) -> None:
        self._change(name=name)

    def getAssignee(self) -> str | None:
        return self._record.assignee if self._record is not None else None

    def setAssignee(self, user: str | None) -> None:
        self._change(assignee=user)

    def getOwner(self) -> str | None:
        return self._record.owner if self._record is not None else None

    def setOwner(self, user: str | None) -> None:
        self._change(owner=user)

    def getPriority(self) -> int:
        return self._record.priority if self._record is not None else 50

    def setPriority(self, priority: int) -> None:
        self._change(priority=int(priority))

    def addCandidateUser(self, user: str) -> None:
        if self._record is not None:
            self._change(candidate_users=(*self._record.candidate_users, user))

    def addCandidateGroup(self, group: str) -> None:
        if self._record is not None:
            self._change(candidate_groups=(*self._record.candidate_groups, group))

    def _change(self, **values: Any) -> None:
        if self._record is not None:
            for name, value in values.items():
                setattr(self._record, name, value)

    execution = property(getExecution)
    id = property(getId)
    name = property(getName)
    assignee = property(getAssignee)
    owner = property(getOwner)
    priority = property(getPriority)
    getTaskDefinitionKey = ExecutionView.getCurrentActivityId
    taskDefinitionKey = property(ExecutionView.getCurrentActivityId)
