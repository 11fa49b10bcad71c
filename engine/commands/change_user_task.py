"""What is said of a task while it is open: dates, priority, to whom it is offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from engine.commands.task_access import check_may_assign, open_task
from engine.commands.task_record import change_task
from engine.errors import Invalid

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class SetUserTaskDates:
    """When it is due, and when it is to be looked at again; None: no date. A time without zone is refused."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    due_at: datetime | None
    follow_up_at: datetime | None

    def execute(self, uow: UnitOfWork) -> None:
        for moment in (self.due_at, self.follow_up_at):
            if moment is not None and moment.tzinfo is None:
                raise Invalid("A date needs its time zone.", fix="Write it like 2030-01-31T09:00:00Z.")
        task = open_task(uow, self.id)
        check_may_assign(uow.actor, task)
        change_task(uow, task, "task-dated", due_at=self.due_at, follow_up_at=self.follow_up_at)


@dataclass(frozen=True, slots=True)
class SetUserTaskPriority:
    """0 to 100; 50 is usual."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    priority: int

    def execute(self, uow: UnitOfWork) -> None:
        if not 0 <= self.priority <= 100:
            raise Invalid("A priority is a number from 0 to 100.")
        task = open_task(uow, self.id)
        check_may_assign(uow.actor, task)
        change_task(uow, task, "task-prioritised", priority=self.priority)


@dataclass(frozen=True, slots=True)
class AddCandidate:
    """Offer the task to a user or to a group as well."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    user: str | None = None
    group: str | None = None

    def execute(self, uow: UnitOfWork) -> None:
        _change_candidates(uow, self.id, self.user, self.group, add=True)


@dataclass(frozen=True, slots=True)
class RemoveCandidate:
    """Offer the task to a user or to a group no longer."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    user: str | None = None
    group: str | None = None

    def execute(self, uow: UnitOfWork) -> None:
        _change_candidates(uow, self.id, self.user, self.group, add=False)


def _change_candidates(uow: UnitOfWork, task_id: str, user: str | None, group: str | None, *, add: bool) -> None:
    if (user is None) == (group is None):
        raise Invalid("A candidate is a user or a group.")
    task = open_task(uow, task_id)
    check_may_assign(uow.actor, task)
    users, groups = list(task.candidate_users), list(task.candidate_groups)
    names, name = (users, user) if user is not None else (groups, group)
    if name is None or (name in names) == add:
        return
    if add:
        names.append(name)
    else:
        names.remove(name)
    change_task(uow, task, "task-offered", candidate_users=users, candidate_groups=groups)
