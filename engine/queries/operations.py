"""How the installation does: jobs due, late and failing, who works on them, the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ColumnElement, Connection, case, func, select, text

from engine.identity import Actor
from engine.persistence.tables import job

PATIENCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class JobsRow:
    """Jobs of one kind and, for workers', one topic. `late`: due for more than `PATIENCE` and in nobody's hands."""

    kind: str
    topic: str | None
    total: int
    due: int
    late: int
    working: int
    failing: int
    exhausted: int
    oldest_due: datetime | None


@dataclass(frozen=True, slots=True)
class JobFigures:
    """The jobs there are, by kind and topic."""

    permission: ClassVar[str] = "operate"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[JobsRow, ...]:
        can_run = job.c.retries > 0
        held = job.c.lease_until.is_not(None) & (job.c.lease_until > now)
        waits = can_run & ~func.coalesce(held, False)
        topic = case((job.c.kind == "external", job.c.topic))
        statement = (
            select(
                job.c.kind,
                topic.label("topic"),
                func.count().label("total"),
                _number(waits & (job.c.due_at <= now)).label("due"),
                _number(waits & (job.c.due_at <= now - PATIENCE)).label("late"),
                _number(held).label("working"),
                _number(can_run & job.c.error.is_not(None)).label("failing"),
                _number(job.c.retries <= 0).label("exhausted"),
                func.min(case((can_run, job.c.due_at)), type_=job.c.due_at.type).label("oldest_due"),
            )
            .group_by(job.c.kind, topic)
            .order_by(job.c.kind, topic)
        )
        return tuple(
            JobsRow(**{name: getattr(row, name) for name in JobsRow.__dataclass_fields__})
            for row in connection.execute(statement)
        )


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """Who has jobs in hand. `until` is when the last of its leases ends unless it extends it."""

    name: str
    jobs: int
    topics: tuple[str, ...]
    until: datetime
    overdue: bool


@dataclass(frozen=True, slots=True)
class Workers:
    """The runners and workers that hold jobs; `overdue` ones have let their lease run out, and lose the job."""

    permission: ClassVar[str] = "operate"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[WorkerRow, ...]:
        moment = job.c.lease_until.type
        statement = (
            select(
                job.c.lease_owner,
                func.coalesce(job.c.topic, job.c.kind).label("topic"),
                func.count().label("number"),
                func.max(job.c.lease_until, type_=moment).label("until"),
            )
            .where(job.c.lease_until.is_not(None), job.c.lease_owner.is_not(None))
            .group_by(job.c.lease_owner, func.coalesce(job.c.topic, job.c.kind))
        )
        found: dict[str, WorkerRow] = {}
        for row in connection.execute(statement):
            before = found.get(row.lease_owner)
            until = max(row.until, before.until) if before else row.until
            topics = sorted({row.topic, *(before.topics if before else ())})
            jobs = row.number + (before.jobs if before else 0)
            found[row.lease_owner] = WorkerRow(row.lease_owner, jobs, tuple(topics), until, until <= now)
        return tuple(sorted(found.values(), key=lambda each: each.name))


@dataclass(frozen=True, slots=True)
class DatabaseRow:
    """The database: `size` in bytes as it takes on disk, `schema` the last migration that it has seen."""

    product: str
    version: str
    size: int
    schema: str


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """Which database it is and how large."""

    permission: ClassVar[str] = "operate"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> DatabaseRow:
        schema = str(connection.scalar(text("SELECT version_num FROM procession_version")) or "")
        if connection.dialect.name == "sqlite":
            pages = connection.scalar(text("PRAGMA page_count")) or 0
            size = connection.scalar(text("PRAGMA page_size")) or 0
            return DatabaseRow("SQLite", str(connection.scalar(text("SELECT sqlite_version()"))), pages * size, schema)
        size = connection.scalar(text("SELECT pg_database_size(current_database())")) or 0
        version = str(connection.scalar(text("SHOW server_version")) or "")
        return DatabaseRow("PostgreSQL", version.partition(" ")[0], int(size), schema)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
