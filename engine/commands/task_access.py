"""An open task under its root's lock, and who may do what with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol

from engine.errors import Conflict, Forbidden, NotFound
from engine.identity import Actor
from engine.persistence.doers import kept_from
from engine.persistence.instances import number_of
from engine.persistence.user_tasks import UserTask

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


class Offered(Protocol):
    """What of a task says whom it concerns."""

    @property
    def assignee(self) -> str | None: ...

    @property
    def owner(self) -> str | None: ...

    @property
    def candidate_users(self) -> Collection[str]: ...

    @property
    def candidate_groups(self) -> Collection[str]: ...


def open_task(uow: UnitOfWork, task_id: str) -> UserTask:
    """The task as it stands while nobody else can change it. One that was there and is gone is a Conflict."""
    if not number_of(task_id):
        raise NotFound("There is no such task.")
    task = uow.find_user_task(task_id)
    if task is None:
        raise Conflict("This task is already done.", fix="Look at the task list again.")
    return task


def is_candidate(actor: Actor, task: Offered) -> bool:
    """May the actor take it: nobody has it, and it is offered to them, to their group, or to everybody.

    Who was granted the work of its process may take all of it.
    """
    if actor.user is None or task.assignee is not None:
        return False
    if actor.may("take"):
        return True
    offered = task.candidate_users or task.candidate_groups
    return not offered or actor.user in task.candidate_users or not actor.groups.isdisjoint(task.candidate_groups)


def is_assignee(actor: Actor, task: Offered) -> bool:
    return actor.user is not None and task.assignee == actor.user


def sees(actor: Actor, task: Offered) -> bool:
    owns = actor.user is not None and task.owner == actor.user
    return actor.may("see") or owns or is_assignee(actor, task) or is_candidate(actor, task)


def check_may_do(uow: UnitOfWork, task: UserTask) -> None:
    """To complete it, or throw out of it: the assignee, who may take it, or an operator; and none it is kept from."""
    actor = uow.actor
    if actor.may("operate") or is_assignee(actor, task) or is_candidate(actor, task):
        check_not_kept_from(uow, task, actor.user)
        return
    check_sees(actor, task)
    raise Forbidden(f"This task is {task.assignee}'s.", fix="Ask them, or somebody who may assign it to you.")


def check_not_kept_from(uow: UnitOfWork, task: UserTask, user: str | None) -> None:
    """Separation of duties holds for everybody, operators too. Raises Forbidden."""
    if user is None or not task.apart:
        return
    did = kept_from(uow.connection, task.apart, task.root_id, task.instance_id, user)
    if did is None:
        return
    who = "You" if user == uow.actor.user else user
    reason = f"{who} did “{did}”, and this is for somebody else." if did else f"The model keeps this task from {user}."
    raise Forbidden(reason, fix="Leave it to another person.")


def check_sees(actor: Actor, task: UserTask) -> None:
    """Of a task that does not concern the actor not even its being there is told, unless they may have just lost it."""
    if not sees(actor, task) and task.assignee is None:
        raise NotFound("There is no such task.")


def check_may_assign(actor: Actor, task: UserTask) -> None:
    """To give it to somebody: the assignee, the owner, or an operator."""
    if actor.may("operate") or is_assignee(actor, task) or (actor.user is not None and task.owner == actor.user):
        return
    check_sees(actor, task)
    raise Forbidden("This task is not yours to give away.")
