"""The task list: what is mine, what I may take, how many of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, literal, or_, select, type_coerce

from engine.identity import Actor
from engine.persistence.tables import process_definition, process_instance, task_candidate, user_task
from engine.queries.page import Key, Page, paged
from engine.queries.visibility import is_candidate, is_mine, sees_task

View = Literal["mine", "candidate", "all"]
Sort = Literal["created", "due", "priority", "name"]
NO_DATE = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as a list shows it. `kind`: task, question (a gateway asks), happened (an event a person reports)."""

    id: str
    name: str | None
    kind: str
    element_id: str
    instance_id: str
    root_id: str
    definition_id: str
    definition_key: str
    definition_name: str | None
    business_key: str | None
    created_at: datetime
    assignee: str | None
    owner: str | None
    delegation: str | None
    candidate_users: tuple[str, ...]
    candidate_groups: tuple[str, ...]
    lane: str | None
    due_at: datetime | None
    follow_up_at: datetime | None
    priority: int
    loop_counter: int | None


@dataclass(frozen=True, slots=True)
class TaskList:
    """Tasks the actor may see. `search` looks at task and process names and the business key."""

    permission: ClassVar[str] = "read"
    view: View = "all"
    search: str = ""
    definition_key: str | None = None
    instance_id: str | None = None
    assignee: str | None = None
    candidate_group: str | None = None
    due_before: datetime | None = None
    sort: Sort = "created"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[TaskRow]:
        statement = tasks().where(sees_task(actor), *self._filters(actor))
        return paged(connection, statement, sort_keys(self.sort), self.limit, self.after, task_row)

    def _filters(self, actor: Actor) -> list[ColumnElement[bool]]:
        filters: list[ColumnElement[bool]] = []
        if self.view == "mine":
            filters.append(is_mine(actor))
        if self.view == "candidate":
            filters.append(is_candidate(actor))
        if self.search.strip():
            columns = (user_task.c.name, process_definition.c.name, process_instance.c.business_key)
            filters.append(or_(*(column.icontains(self.search.strip(), autoescape=True) for column in columns)))
        if self.definition_key is not None:
            filters.append(process_instance.c.key == self.definition_key)
        if self.instance_id is not None:
            filters.append(or_(user_task.c.instance_id == self.instance_id, user_task.c.root_id == self.instance_id))
        if self.assignee is not None:
            filters.append(user_task.c.assignee == self.assignee)
        if self.candidate_group is not None:
            filters.append(user_task.c.id.in_(_of_group(self.candidate_group)))
        if self.due_before is not None:
            filters.append(user_task.c.due_at < self.due_before)
        return filters


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tasks each view of the list has; `overdue` are among all that the actor sees."""

    mine: int
    candidate: int
    all: int
    overdue: int


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """The numbers beside the views."""

    permission: ClassVar[str] = "read"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Counts:
        def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
            return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

        row = connection.execute(
            select(
                number(is_mine(actor)), number(is_candidate(actor)), func.count(), number(user_task.c.due_at < now)
            ).where(sees_task(actor))
        ).one()
        return Counts(*(int(each) for each in row))


def tasks() -> Select[Any]:
    """Tasks with the instance and definition they belong to."""
    instance, definition = process_instance, process_definition
    return (
        select(
            user_task,
            instance.c.definition_id,
            instance.c.key.label("definition_key"),
            definition.c.name.label("definition_name"),
            instance.c.business_key,
        )
        .join(instance, instance.c.id == user_task.c.instance_id)
        .join(definition, definition.c.id == instance.c.definition_id)
    )


def sort_keys(sort: Sort) -> tuple[Key, ...]:
    created, unique = Key(user_task.c.created_at, descending=True), Key(user_task.c.id)
    if sort == "due":
        moment = user_task.c.due_at.type
        return (Key(type_coerce(func.coalesce(user_task.c.due_at, literal(NO_DATE, moment)), moment)), unique)
    if sort == "priority":
        return (Key(user_task.c.priority, descending=True), created, unique)
    if sort == "name":
        return (Key(func.coalesce(user_task.c.name, "")), created, unique)
    return (created, unique)


def task_row(row: Row[Any]) -> TaskRow:
    return TaskRow(
        id=row.id,
        name=row.name,
        kind=row.kind,
        element_id=row.element_id,
        instance_id=row.instance_id,
        root_id=row.root_id,
        definition_id=row.definition_id,
        definition_key=row.definition_key,
        definition_name=row.definition_name,
        business_key=row.business_key,
        created_at=row.created_at,
        assignee=row.assignee,
        owner=row.owner,
        delegation=row.delegation,
        candidate_users=tuple(row.candidate_users),
        candidate_groups=tuple(row.candidate_groups),
        lane=row.lane,
        due_at=row.due_at,
        follow_up_at=row.follow_up_at,
        priority=row.priority,
        loop_counter=row.loop_counter,
    )


def _of_group(name: str) -> Select[Any]:
    return select(task_candidate.c.task_id).where(task_candidate.c.kind == "group", task_candidate.c.value == name)
