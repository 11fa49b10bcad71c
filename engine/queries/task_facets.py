"""The numbers beside the filters of the task list. Each is counted up to a bound, so that a long list costs no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from engine.identity import Actor
from engine.persistence.tables import process_definition, process_instance, user_task
from engine.queries.user_tasks import offered_to
from engine.queries.visibility import is_candidate, is_mentioned, is_mine, sees_task

MOST = 1000
LOOKED_AT = 20_000
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

        sees, due, soon = sees_task(actor), user_task.c.due_at, now + timedelta(days=1)
        # One look at all that the actor sees: finding out what that is costs more than counting it.
        seen = select(user_task.c.instance_id, due, user_task.c.follow_up_at).where(sees).limit(LOOKED_AT).cte("seen")
        number, late, week, follow = connection.execute(
            select(
                func.count(),
                _sum(seen.c.due_at < now),
                _sum(and_(seen.c.due_at >= now, seen.c.due_at < now + WEEK)),
                _sum(seen.c.follow_up_at < soon),
            )
        ).one()
        more = int(number) >= LOOKED_AT
        return Facets(
            mine=count(is_mine(actor)),
            candidate=count(is_candidate(actor)),
            all=_bounded(number),
            groups={group: count(*offered_to(group)) for group in sorted(actor.groups)},
            mentioned=count(is_mentioned(actor)),
            # Where there are too many to look at, indexes on the dates find these.
            overdue=count(due < now, sees) if more else _bounded(late),
            due_week=count(due >= now, due < now + WEEK, sees) if more else _bounded(week),
            follow_up=count(user_task.c.follow_up_at < soon, sees) if more else _bounded(follow),
            processes=_processes(connection, sees),
        )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _bounded(number: int) -> Count:
    return Count(min(int(number), MOST), int(number) > MOST)


@dataclass(frozen=True, slots=True)
class TasksWaiting:
    """How many tasks wait for the actor: theirs, and those they may take."""

    permission: ClassVar[str] = "read"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Count:
        return bounded_count(connection, or_(is_mine(actor), is_candidate(actor)))


def bounded_count(connection: Connection, *conditions: ColumnElement[bool]) -> Count:
    bounded = select(user_task.c.id).where(*conditions).limit(MOST + 1).subquery()
    number = int(connection.scalar(select(func.count()).select_from(bounded)) or 0)
    return Count(min(number, MOST), number > MOST)


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
