"""One task with its form, what it sees of the process, and what the actor may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, exists, select

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.doers import kept_from
from engine.persistence.tables import node, process_instance, user_task
from engine.queries.user_tasks import TaskRow, task_row, tasks
from engine.queries.variables import scopes_of, visible_from
from engine.queries.visibility import is_candidate, sees_task

DOING = {"complete", "claim", "resolve"}


@dataclass(frozen=True, slots=True)
class TaskView:
    """`form` is what the model declares (a question: its options); `may` are verbs: complete, claim, assign ...

    `kept_by`: the actor did the task of that name, so that this one is for somebody else; empty: the model names them.
    """

    task: TaskRow
    form: dict[str, Any] | None
    variables: dict[str, Any]
    may: frozenset[str]
    kept_by: str | None = None


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """The task with that id; not found, too, when it does not concern the actor."""

    permission: ClassVar[str] = "read"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> TaskView:
        row = connection.execute(tasks().where(user_task.c.id == self.id, sees_task(connection, actor))).one_or_none()
        if row is None:
            raise NotFound("This task is done, or it is not yours.")
        scope = connection.execute(
            select(node.c.scope).where(node.c.root_id == row.root_id, node.c.number == row.token)
        ).scalar_one_or_none()
        is_open = connection.execute(
            select(exists().where(user_task.c.id == self.id, is_candidate(connection, actor)))
        ).scalar_one()
        did = kept_from(connection, row.apart, row.root_id, row.instance_id, actor.user or "")
        may = _verbs(row.assignee, row.delegation, is_open, actor.within(_process_of(connection, row.root_id)))
        return TaskView(
            task=task_row(row),
            form=row.form,
            variables=visible_from(scopes_of(connection, row.root_id), scope),
            may=may if did is None else may - DOING,
            kept_by=did,
        )


def _process_of(connection: Connection, root_id: str) -> str:
    return connection.scalar(select(process_instance.c.key).where(process_instance.c.id == root_id)) or ""


def _verbs(assignee: str | None, delegation: str | None, is_open: bool, actor: Actor) -> frozenset[str]:
    mine = actor.user is not None and assignee == actor.user
    operates = actor.may("operate")
    verbs = set()
    if mine and delegation == "pending":
        verbs |= {"resolve", "unclaim"}
    elif mine:
        verbs |= {"complete", "unclaim", "delegate"}
    if is_open:
        verbs |= {"complete", "claim"}
    if operates:
        verbs |= {"complete", "assign"} | ({"unclaim"} if assignee is not None else {"claim"})
    return frozenset(verbs if operates or actor.may("work") else ())
