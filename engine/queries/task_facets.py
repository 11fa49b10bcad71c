"""The numbers beside the filters of the task list. Each is counted up to a bound, so that a long list costs no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ColumnElement, Connection, case, func, select

from engine.identity import Actor
from engine.persistence.tables import process_definition, process_instance, user_task
from engine.queries.user_tasks import offered_to
from engine.queries.visibility import is_candidate, is_mentioned, is_mine, sees_task

MOST = 200
LOOKED_AT = 1000
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Count:
    """`more`: there are at least that many, and nobody counted further."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.number}+" if self.more else str(self.number)


@dataclass(frozen=True, slots=True)
class ProcessCount:
    """A process that has tasks, and how many of those that were counted."""

    key: str
    name: str | None
    count: Count


@dataclass(frozen=True, slots=True)
class Facets:
    """How many tasks each filter shows."""

    mine: Count
    candidate: Count
    all: Count
    groups: dict[str, Count]
    mentioned: Count
    overdue: Count
    due_week: Count
    follow_up: Count
    processes: tuple[ProcessCount, ...]


@dataclass(frozen=True, slots=True)
class TaskFacets:
    """The numbers for the actor as they are now."""

    permission: ClassVar[str] = "read"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Facets:
        def count(*conditions: ColumnElement[bool]) -> Count:
            return bounded_count(connection, *conditions)

        sees, due, follow_up = sees_task(connection, actor), user_task.c.due_at, user_task.c.follow_up_at
        return Facets(
            mine=count(is_mine(actor)),
            candidate=count(is_candidate(connection, actor)),
            all=count(sees),
            groups={group: count(*offered_to(group)) for group in sorted(actor.groups)},
            mentioned=count(is_mentioned(actor)),
            overdue=_dated(connection, sees, due < now),
            due_week=_dated(connection, sees, due >= now, due < now + WEEK),
            follow_up=_dated(connection, sees, follow_up < now + timedelta(days=1)),
            processes=_processes(connection, sees),
        )


@dataclass(frozen=True, slots=True)
class TasksWaiting:
    """How many tasks wait for the actor: theirs, and those they may take."""

    permission: ClassVar[str] = "read"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Count:
        # Nobody has a task and may take it, so the two are counted each by its own index.
        mine, offered = (
            bounded_count(connection, is_mine(actor)),
            bounded_count(connection, is_candidate(connection, actor)),
        )
        number = mine.number + offered.number
        return Count(min(number, MOST), mine.more or offered.more or number > MOST)


def bounded_count(connection: Connection, *conditions: ColumnElement[bool]) -> Count:
    bounded = select(user_task.c.id).where(*conditions).limit(MOST + 1).subquery()
    number = int(connection.scalar(select(func.count()).select_from(bounded)) or 0)
    return Count(min(number, MOST), number > MOST)


def _dated(connection: Connection, sees: ColumnElement[bool], *dates: ColumnElement[bool]) -> Count:
    """Those of these dates that the actor sees, among the first `LOOKED_AT` that an index gives."""
    looked_at = select(case((sees, 1), else_=0).label("seen")).where(*dates).limit(LOOKED_AT).subquery()
    number = func.coalesce(func.sum(looked_at.c.seen), 0)
    seen, looked = connection.execute(select(number, func.count()).select_from(looked_at)).one()
    return Count(min(int(seen), MOST), int(seen) > MOST or int(looked) == LOOKED_AT)


def _processes(connection: Connection, sees: ColumnElement[bool]) -> tuple[ProcessCount, ...]:
    seen = select(user_task.c.instance_id).where(sees).limit(MOST + 1).subquery()
    rows = connection.execute(
        select(process_instance.c.key, func.max(process_definition.c.name), func.count())
        .select_from(seen)
        .join(process_instance, process_instance.c.id == seen.c.instance_id)
        .join(process_definition, process_definition.c.id == process_instance.c.definition_id)
        .group_by(process_instance.c.key)
        .order_by(process_instance.c.key)
    ).all()
    more = sum(number for _, _, number in rows) > MOST
    return tuple(ProcessCount(key, name, Count(number, more)) for key, name, number in rows)
