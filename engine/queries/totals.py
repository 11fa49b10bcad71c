"""How much there is of what, over all processes, and whether the database is as this version needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import Connection, Table, func, select

from engine.identity import Actor
from engine.persistence.migrate import is_current
from engine.persistence.tables import incident, job, process_instance, user_task

PATIENCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TablesAreCurrent:
    """Has the database seen every migration of this version, and none that it does not know?"""

    permission: ClassVar[str] = "administer"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> bool:
        return is_current(connection)


@dataclass(frozen=True, slots=True)
class JobTotals:
    """Jobs that can run: all, those due, those due for more than a minute; and those without tries."""

    waiting: int
    due: int
    late: int
    exhausted: int


@dataclass(frozen=True, slots=True)
class TotalsView:
    """`instances` by state, `jobs` by kind; `tasks` are the open ones."""

    instances: dict[str, int]
    tasks: int
    tasks_overdue: int
    jobs: dict[str, JobTotals]
    incidents: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of now, for a dashboard."""

    permission: ClassVar[str] = "operate"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> TotalsView:
        # Each count walks an index, never the rows: a row of a task or a job is ten times as long.
        states = connection.execute(select(process_instance.c.state, func.count()).group_by(process_instance.c.state))
        kind, can_run, due_at = job.c.kind, job.c.retries > 0, job.c.due_at
        due, late = can_run & (due_at <= now), can_run & (due_at <= now - PATIENCE)
        numbers = [func.count().filter(condition) for condition in (can_run, due, late, job.c.retries <= 0)]
        jobs = connection.execute(select(kind, *numbers).group_by(kind))
        overdue = select(func.count()).select_from(user_task).where(user_task.c.due_at < now)
        return TotalsView(
            instances={row[0]: row[1] for row in states},
            tasks=_all_of(connection, user_task),
            tasks_overdue=connection.scalar(overdue) or 0,
            jobs={row[0]: JobTotals(*row[1:]) for row in jobs},
            incidents=_all_of(connection, incident),
        )


def _all_of(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
