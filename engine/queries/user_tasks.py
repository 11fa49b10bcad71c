"""The task list: what is mine, what I may take, how many of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
)

from engine.identity import Actor
from engine.persistence.expressions import Dated
from engine.persistence.tables import process_definition, process_instance, scope, task_candidate, user_task, variable
from engine.queries.page import Key, Page, paged
from engine.queries.texts import begins, called, contains, reference, roots_holding, written_as
from engine.queries.visibility import few, is_candidate, is_mentioned, is_mine, sees_task
from engine.queries.waits import of_instance

MOST_NAMES = 1000
View = Literal["mine", "candidate", "mentioned", "all"]
Sort = Literal["created", "oldest", "due", "follow_up", "priority", "name"]


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
    """Tasks the actor may see.

    `search` looks at task and process names, the business key and the values of the case's variables; `variable`
    is a name and the text of its value. A group's tasks are those that nobody has yet.
    """

    permission: ClassVar[str] = "read"
    view: View = "all"
    search: str = ""
    definition_key: str | None = None
    instance_id: str | None = None
    assignee: str | None = None
    candidate_group: str | None = None
    due_before: datetime | None = None
    due_after: datetime | None = None
    follow_up_before: datetime | None = None
    least_priority: int | None = None
    variable: tuple[str, str] | None = None
    sort: Sort = "created"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[TaskRow]:
        statement = tasks().where(sees_task(connection, actor), *self._filters(connection, actor))
        return paged(connection, statement, sort_keys(self.sort), self.limit, self.after, task_row)

    def _filters(self, connection: Connection, actor: Actor) -> list[ColumnElement[bool]]:
        filters: list[ColumnElement[bool]] = []
        if self.view == "mine":
            filters.append(is_mine(actor))
        if self.view == "candidate":
            filters.append(is_candidate(connection, actor))
        if self.view == "mentioned":
            filters.append(is_mentioned(actor))
        if self.search.strip():
            filters.append(_found(connection, self.search.strip()))
        if self.definition_key is not None:
            filters.append(process_instance.c.key == self.definition_key)
        if self.instance_id is not None:
            filters.extend(of_instance(user_task, self.instance_id))
        if self.assignee is not None:
            filters.append(user_task.c.assignee == self.assignee)
        if self.candidate_group is not None:
            filters += offered_to(self.candidate_group)
        return filters + self._bounds()

    def _bounds(self) -> list[ColumnElement[bool]]:
        filters: list[ColumnElement[bool]] = []
        if self.due_before is not None:
            filters.append(user_task.c.due_at < self.due_before)
        if self.due_after is not None:
            filters.append(user_task.c.due_at >= self.due_after)
        if self.follow_up_before is not None:
            filters.append(user_task.c.follow_up_at < self.follow_up_before)
        if self.least_priority is not None:
            filters.append(user_task.c.priority >= self.least_priority)
        if self.variable is not None:
            name, text = self.variable
            filters.append(user_task.c.root_id.in_(roots_holding(name, written_as(text))))
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
                number(is_mine(actor)),
                number(is_candidate(connection, actor)),
                func.count(),
                number(user_task.c.due_at < now),
            ).where(sees_task(connection, actor))
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
    if sort == "oldest":
        return (Key(user_task.c.created_at), unique)
    if sort in ("due", "follow_up"):
        column = user_task.c.due_at if sort == "due" else user_task.c.follow_up_at
        return (Key(Dated(column)), unique)
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


def offered_to(group: str) -> tuple[ColumnElement[bool], ...]:
    """Tasks that nobody has yet and that are offered to that group."""
    offered = select(task_candidate.c.task_id).where(task_candidate.c.kind == "group", task_candidate.c.value == group)
    return user_task.c.assignee.is_(None), user_task.c.id.in_(offered)


def own_scope() -> ColumnElement[bool]:
    """The scope of the task's process instance itself: what it holds every task of the instance sees."""
    return and_(
        scope.c.root_id == user_task.c.root_id,
        scope.c.instance_id == user_task.c.instance_id,
        scope.c.parent.is_(None),
    )


def _found(connection: Connection, text: str) -> ColumnElement[bool]:
    """By the case or by the name: what few have is looked up, and the names of tasks and processes are few."""
    instance, definition = process_instance.c, process_definition.c
    named = select(definition.id).where(definition.name.icontains(text, autoescape=True))
    cases = called(connection, instance.root_id, process_instance, text)
    held = few(connection, select(variable.c.root_id).where(begins(text)))
    if cases == [] and held == []:
        # Nothing begins so: it may be a word within. That no index has, so it is looked for last.
        held = few(connection, select(variable.c.root_id).where(contains(text)))
    cases = None if cases is None or held is None else list({*cases, *held})
    names = [name for name in task_names(connection) if text.lower() in name.lower()]
    definitions = list(connection.scalars(named))
    ways: list[ColumnElement[bool]] = []
    if cases is None:
        ways.append(_case_is_found(text))
    elif cases:
        ways.append(user_task.c.root_id.in_(cases))
    # What no task can be is left out: as an alternative it would keep an index from being used.
    if names:
        ways.append(user_task.c.name.in_(names))
    if definitions:
        ways.append(instance.definition_id.in_(definitions))
    return or_(*ways) if ways else false()


def task_names(connection: Connection) -> list[str]:
    """The names that open tasks have, at most `MOST_NAMES`: from each the index leads to the next."""
    name, after = user_task.c.name, user_task.alias("after").c.name
    found = select(func.min(name).label("name"), literal(1).label("number")).cte("found", recursive=True)
    following = select(func.min(after)).where(after > found.c.name).correlate(found).scalar_subquery()
    found = found.union_all(
        select(following, found.c.number + 1).where(found.c.name.is_not(None), found.c.number < MOST_NAMES)
    )
    return list(connection.scalars(select(found.c.name).where(found.c.name.is_not(None))))


def _case_is_found(text: str) -> ColumnElement[bool]:
    has_it = or_(begins(text), contains(text))
    held = exists().where(variable.c.root_id == user_task.c.root_id, has_it).correlate(user_task)
    return or_(reference(process_instance).icontains(text, autoescape=True), held)
