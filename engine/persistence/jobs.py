"""Jobs: due, leased to a runner or worker, tried, backed off. One that is done is deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from engine.persistence import rows, tables
from engine.persistence.prepared import Prepared, Question

_table = tables.job


@dataclass(frozen=True, slots=True)
class Job:
    """`root_id` is None for what starts instances (a timer start event): it names its definition."""

    id: str
    kind: str
    created_at: datetime
    due_at: datetime
    root_id: str | None = None
    number: int | None = None
    token: int | None = None
    instance_id: str | None = None
    definition_id: str | None = None
    element_id: str | None = None
    topic: str | None = None
    priority: int = 0
    retries: int = 3
    retry_cycle: str | None = None
    tries: int = 0
    error: str | None = None
    payload: dict[str, Any] = field(default_factory=dict)
    lease_owner: str | None = None
    lease_until: datetime | None = None


_jobs = rows.read(_table, Job)
_by_id = Prepared(_jobs.where(_table.c.id == bindparam("id")))
_by_root = Prepared(_jobs.where(_table.c.root_id == bindparam("id")).order_by(_table.c.id))
_next_due = select(func.min(_table.c.due_at)).where(_table.c.retries > 0, _table.c.lease_until.is_(None))
_next_free = select(func.min(_table.c.lease_until)).where(_table.c.retries > 0, _table.c.lease_until.is_not(None))


def _free(now: datetime) -> Any:
    return and_(
        _table.c.retries > 0,
        _table.c.due_at <= now,
        or_(_table.c.lease_until.is_(None), _table.c.lease_until <= now),
    )


class Jobs:
    def __init__(self, connection: Connection, wake: Callable[[datetime], None] = lambda due: None) -> None:
        """`wake` hears when a job is written or changed that is due at that time."""
        self._connection = connection
        self._wake = wake

    def add(self, job: Job) -> None:
        """Write a job that belongs to no root's step, such as a timer start event."""
        self._connection.execute(insert(_table), rows.as_columns(job))
        self._wake(job.due_at)

    @staticmethod
    def question(job_id: str) -> Question:
        return _by_id, {"id": job_id}

    def get(self, job_id: str) -> Job | None:
        row = _by_id.first(self._connection, id=job_id)
        return Job(*row) if row else None

    def of_root(self, root_id: str) -> list[Job]:
        return [Job(*row) for row in _by_root.fetch(self._connection, id=root_id)]

    def of_definition(self, definition_id: str) -> list[Job]:
        return [Job(*row) for row in self._connection.execute(_jobs.where(_table.c.definition_id == definition_id))]

    def acquire(
        self,
        now: datetime,
        owner: str,
        until: datetime,
        limit: int,
        *,
        kinds: Sequence[str] = (),
        topics: Sequence[str] = (),
    ) -> list[Job]:
        """Lease at most `limit` due jobs of these kinds (and topics) to `owner`; each counts as a try.

        Earliest due first, or highest priority first for topics. A lease that has run out is free again. Jobs that
        another transaction is about to lease are passed over, so runners never wait for each other.
        """
        wanted = select(_table.c.id).where(_free(now)).limit(limit).with_for_update(skip_locked=True)
        if kinds:
            wanted = wanted.where(_table.c.kind.in_(kinds))
        if topics:
            wanted = wanted.where(_table.c.topic.in_(topics)).order_by(_table.c.priority.desc())
        ids = self._connection.scalars(wanted.order_by(_table.c.due_at, _table.c.id)).all()
        if not ids:
            return []
        lease = {"lease_owner": owner, "lease_until": until, "tries": _table.c.tries + 1}
        self._connection.execute(update(_table).where(_table.c.id.in_(ids)).values(lease))
        found = {row.id: Job(*row) for row in self._connection.execute(_jobs.where(_table.c.id.in_(ids)))}
        return [found[each] for each in ids]

    def lease(self, job_id: str, now: datetime, owner: str, until: datetime) -> Job | None:
        """Lease one job, due or not; None if it is gone or another has it."""
        free = or_(_table.c.lease_until.is_(None), _table.c.lease_until <= now, _table.c.lease_owner == owner)
        values = {"lease_owner": owner, "lease_until": until, "tries": _table.c.tries + 1}
        done = self._connection.execute(update(_table).where(_table.c.id == job_id, free).values(values))
        return self.get(job_id) if done.rowcount else None

    def change(self, job_id: str, **changes: Any) -> bool:
        """Set columns of a job, such as `retries`, `due_at`, `error`, `lease_until`; False if it is gone."""
        rows.refuse_unknown(_table, changes)
        if "due_at" in changes:
            self._wake(changes["due_at"])
        return self._connection.execute(update(_table).where(_table.c.id == job_id).values(**changes)).rowcount > 0

    def release(self, job_id: str, **changes: Any) -> bool:
        """Give the lease back, with what else has changed."""
        return self.change(job_id, lease_owner=None, lease_until=None, **changes)

    def hasten(self, kind: str, topic: str, now: datetime) -> None:
        """Make jobs of that topic due now that were to be looked at again later: somebody waits for them at last."""
        later = (_table.c.kind == kind, _table.c.topic == topic, _table.c.due_at > now, _table.c.lease_until.is_(None))
        if self._connection.execute(update(_table).where(*later).values(due_at=now)).rowcount:
            self._wake(now)

    def delete(self, job_id: str) -> bool:
        return self._connection.execute(delete(_table).where(_table.c.id == job_id)).rowcount > 0

    def delete_of_definition(self, definition_id: str, kind: str) -> None:
        self._connection.execute(delete(_table).where(_table.c.definition_id == definition_id, _table.c.kind == kind))

    def next_due(self, kinds: Sequence[str] = ()) -> datetime | None:
        """When the next job that can still run is due, or the lease of one runs out; None if there is none."""
        only = [_table.c.kind.in_(kinds)] if kinds else []
        moments = [self._connection.scalar(each.where(*only)) for each in (_next_due, _next_free)]
        return min((moment for moment in moments if moment is not None), default=None)
