"""How much there is of what, over all processes, and whether the database is as this version needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ColumnElement, Connection, case, func, select

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
        def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
            return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

        states = connection.execute(select(process_instance.c.state, func.count()).group_by(process_instance.c.state))
        can_run = job.c.retries > 0
        due = can_run & (job.c.due_at <= now)
        late = can_run & (job.c.due_at <= now - PATIENCE)
        jobs = connection.execute(
            select(job.c.kind, number(can_run), number(due), number(late), number(job.c.retries <= 0)).group_by(
                job.c.kind
            )
        )
        tasks = connection.execute(select(func.count(), number(user_task.c.due_at < now)).select_from(user_task)).one()
        return TotalsView(
            instances={row[0]: row[1] for row in states},
            tasks=int(tasks[0]),
            tasks_overdue=int(tasks[1]),
            jobs={kind: JobTotals(*(int(each) for each in counts)) for kind, *counts in jobs},
            incidents=connection.scalar(select(func.count()).select_from(incident)) or 0,
        )
