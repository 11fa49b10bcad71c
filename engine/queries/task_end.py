"""How a task ended: for somebody who came too late, and for whoever looks back at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, select

from engine import values
from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.instances import number_of, root_of
from engine.persistence.tables import event, mention, process_definition, process_instance
from engine.queries.visibility import sees_instance

KINDS = ("task-completed", "task-cancelled")


@dataclass(frozen=True, slots=True)
class TaskEndView:
    """Who ended it and when; `written` are the variables written with it, for those whom the case concerns."""

    kind: str
    by: str | None
    at: datetime
    written: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskEnd:
    """The end of the task with that id, which nobody guesses; None while it is open, or where there never was one."""

    permission: ClassVar[str] = "work"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> TaskEndView | None:
        row = next((each for each in _told_of(connection, self.id) if each.kind in KINDS), None)
        if row is None:
            return None
        case = select(process_instance.c.id).where(
            process_instance.c.id == row.root_id, sees_instance(connection, actor)
        )
        seen = connection.execute(case).first() is not None
        return TaskEndView(row.kind, row.actor, row.at, _written(connection, row) if seen else {})


@dataclass(frozen=True, slots=True)
class TaskPastView:
    """A task that is over. `instance_id` only for those whom the case concerns."""

    name: str | None
    kind: str
    definition_id: str
    process: str
    business_key: str | None
    element_id: str
    opened_at: datetime
    end: TaskEndView
    instance_id: str | None


@dataclass(frozen=True, slots=True)
class TaskPast:
    """A task that is over, for those who could see it: it was offered to them, or theirs, or its case concerns them.

    For all others, and while it is open, it is not found.
    """

    permission: ClassVar[str] = "read"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> TaskPastView:
        told = _told_of(connection, self.id)
        end = next((each for each in told if each.kind in KINDS), None)
        opened = next((each for each in reversed(told) if each.kind == "task-opened"), None)
        if end is None or opened is None:
            raise NotFound("There is no such task.")
        of_case = select(process_instance.c.id).where(process_instance.c.id == end.root_id)
        sees_case = connection.execute(of_case.where(sees_instance(connection, actor))).first() is not None
        if not (sees_case or _concerned(connection, actor, self.id, told)):
            raise NotFound("There is no such task.")
        named = select(process_instance, process_definition.c.name.label("process")).join(
            process_definition, process_definition.c.id == process_instance.c.definition_id
        )
        case = connection.execute(named.where(process_instance.c.id == end.instance_id)).one()
        return TaskPastView(
            name=opened.name,
            kind=(opened.data or {}).get("kind", "task"),
            definition_id=case.definition_id,
            process=case.process or case.key,
            business_key=case.business_key,
            element_id=opened.element_id,
            opened_at=opened.at,
            end=TaskEndView(end.kind, end.actor, end.at, _written(connection, end)),
            instance_id=end.instance_id if sees_case else None,
        )


def _told_of(connection: Connection, task_id: str) -> list[Row[Any]]:
    """What history tells of the task, the newest first."""
    number = number_of(task_id)
    if not number:
        return []
    of_tasks = select(event).where(event.c.root_id == root_of(task_id), event.c.kind.startswith("task-"))
    rows = connection.execute(of_tasks.order_by(event.c.number.desc()))
    return [each for each in rows if (each.data or {}).get("number") == number]


def _concerned(connection: Connection, actor: Actor, task_id: str, told: list[Row[Any]]) -> bool:
    if actor.user is None:
        return False
    for each in told:
        data = each.data or {}
        if actor.user in (data.get("assignee"), data.get("owner")) or actor.user in data.get("candidate_users", ()):
            return True
        if each.actor == actor.user or actor.groups & set(data.get("candidate_groups", ())):
            return True
    asked = select(mention.c.user_id).where(mention.c.user_id == actor.user, mention.c.task_id == task_id)
    return connection.execute(asked.limit(1)).first() is not None


def _written(connection: Connection, end: Row[Any]) -> dict[str, Any]:
    """The variables that were written by the command that ended it."""
    said = select(event.c.name, event.c.value).where(
        event.c.root_id == end.root_id,
        event.c.kind == "variable-set",
        event.c.at == end.at,
        event.c.actor == end.actor,
    )
    return {name: values.decode(value) for name, value in connection.execute(said.order_by(event.c.number))}
