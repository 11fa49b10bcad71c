"""Who has a task: assigned, owned, delegated to somebody who reports back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from engine.commands.task_access import check_may_assign, check_not_kept_from, is_assignee, open_task
from engine.commands.task_record import change_task
from engine.errors import Forbidden, Invalid

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class AssignUserTask:
    """Give the task to a user; None: to nobody."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    assignee: str | None

    def execute(self, uow: UnitOfWork) -> None:
        task = open_task(uow, self.id)
        check_may_assign(uow.actor, task)
        check_not_kept_from(uow, task, self.assignee or None)
        change_task(uow, task, "task-assigned", assignee=self.assignee or None, delegation=None)


@dataclass(frozen=True, slots=True)
class SetOwner:
    """Who answers for the task."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    owner: str | None

    def execute(self, uow: UnitOfWork) -> None:
        task = open_task(uow, self.id)
        check_may_assign(uow.actor, task)
        change_task(uow, task, "task-owned", owner=self.owner or None)


@dataclass(frozen=True, slots=True)
class DelegateUserTask:
    """Let somebody else do it and report back: the one who had it becomes its owner."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    to: str

    def execute(self, uow: UnitOfWork) -> None:
        task = open_task(uow, self.id)
        check_may_assign(uow.actor, task)
        if not self.to.strip():
            raise Invalid("A task is delegated to somebody.")
        check_not_kept_from(uow, task, self.to)
        owner = task.owner or task.assignee or uow.actor.user
        change_task(uow, task, "task-delegated", assignee=self.to, owner=owner, delegation="pending")


@dataclass(frozen=True, slots=True)
class ResolveUserTask:
    """Report back: the owner, where there is one, has the task again, with these variables, and completes it."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        task = open_task(uow, self.id)
        if not is_assignee(uow.actor, task) and not uow.actor.may("operate"):
            raise Forbidden("This task is not yours.")
        check_not_kept_from(uow, task, uow.actor.user)
        if self.variables:
            uow.root(task.root_id).set_variables(task.instance_id, dict(self.variables), False)
        change_task(uow, task, "task-resolved", assignee=task.owner or task.assignee, delegation="resolved")
