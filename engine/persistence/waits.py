"""Wait states as a step opens and closes them: user tasks, jobs, event subscriptions, incidents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete

from engine.persistence import tables
from engine.persistence.prepared import Insertion, Prepared
from engine.persistence.user_tasks import candidates
from engine.runtime.records import IncidentRecord, JobRecord, Step, SubscriptionRecord, UserTaskRecord, Wait

_tables: dict[type, Table] = {
    UserTaskRecord: tables.user_task,
    JobRecord: tables.job,
    SubscriptionRecord: tables.event_subscription,
    IncidentRecord: tables.incident,
}
_names = {kind: tuple(field.name for field in fields(kind)) for kind in _tables}
_fresh: dict[type, dict[str, Any]] = {JobRecord: {"tries": 0}}
_inserts = {
    kind: Insertion(table, ("root_id", "id", *_names[kind], *_fresh.get(kind, ()))) for kind, table in _tables.items()
}
_deletes = {table.name: Prepared(delete(table).where(table.c.id == bindparam("this"))) for table in _tables.values()}
_insert_candidates = Insertion(tables.task_candidate, ("task_id", "kind", "value"))


def open_waits(connection: Connection, root_id: str, waits: Iterable[Wait]) -> None:
    """Write the waits that were opened, one statement a kind."""
    by_kind: dict[type, list[dict[str, Any]]] = {}
    candidate_rows: list[dict[str, str]] = []
    for wait in waits:
        kind = type(wait)
        row = {name: getattr(wait, name) for name in _names[kind]} | _fresh.get(kind, {})
        row["root_id"] = root_id
        row["id"] = f"{root_id}-{wait.number}"
        by_kind.setdefault(kind, []).append(row)
        if isinstance(wait, UserTaskRecord):
            candidate_rows += candidates(row["id"], wait.candidate_users, wait.candidate_groups)
    for kind, rows in by_kind.items():
        _inserts[kind].run(connection, rows)
    _insert_candidates.run(connection, candidate_rows)


def close(connection: Connection, step: Step) -> None:
    """Delete the waits that were closed, one statement a kind; candidates go with their task."""
    closed = {
        tables.user_task.name: step.closed_user_tasks,
        tables.job.name: step.closed_jobs,
        tables.event_subscription.name: step.closed_subscriptions,
        tables.incident.name: step.closed_incidents,
    }
    for name, numbers in closed.items():
        _deletes[name].run(connection, [{"this": f"{step.root_id}-{number}"} for number in numbers])
