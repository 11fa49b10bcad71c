"""A person takes a task that is offered to them, or gives it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.commands.task_access import check_not_kept_from, check_sees, is_assignee, is_candidate, open_task
from engine.commands.task_record import change_task
from engine.errors import Conflict, Forbidden

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class ClaimUserTask:
    """The task is the actor's from now on. Claiming what is theirs already changes nothing."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        task = open_task(uow, self.id)
        if is_assignee(uow.actor, task):
            return
        check_sees(uow.actor, task)
        if task.assignee is not None:
            raise Conflict(f"{task.assignee} has taken this task.", fix="Take another, or ask them to give it back.")
        if not is_candidate(uow.actor, task):
            raise Forbidden("This task is not offered to you.")
        check_not_kept_from(uow, task, uow.actor.user)
        change_task(uow, task, "task-claimed", assignee=uow.actor.user)


@dataclass(frozen=True, slots=True)
class UnclaimUserTask:
    """Nobody has the task any more; who it is offered to may take it."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        task = open_task(uow, self.id)
        if task.assignee is None:
            return
        if not is_assignee(uow.actor, task) and not uow.actor.may("operate"):
            raise Forbidden(f"This task is {task.assignee}'s.", fix="Ask them to give it back.")
        change_task(uow, task, "task-unclaimed", assignee=None, delegation=None)
