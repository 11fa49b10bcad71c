"""What instances wait for besides people: jobs, event subscriptions; and what stopped them: incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, func, select

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.instances import root_of
from engine.persistence.tables import event_subscription, incident, job, process_definition, process_instance
from engine.queries.page import Key, Page, Sorts, keys_of, paged
from engine.queries.visibility import operates, sees_instance


def of_instance(table: Table, instance_id: str) -> tuple[ColumnElement[bool], ...]:
    """The rows of an instance; those of a root with what it called. By the root, which is what the index has."""
    root_id = root_of(instance_id)
    own = (table.c.root_id == root_id,)
    return own if root_id == instance_id else (*own, table.c.instance_id == instance_id)


def _by_time(table: Table) -> dict[str, tuple[Key, ...]]:
    return {
        "newest": (Key(table.c.created_at, descending=True), Key(table.c.id)),
        "oldest": (Key(table.c.created_at), Key(table.c.id)),
    }


INCIDENT_SORTS: Sorts = {
    **_by_time(incident),
    "process": (Key(process_instance.c.key), Key(incident.c.element_id), Key(incident.c.id)),
}
JOB_SORTS: Sorts = {
    **_by_time(job),
    "due": (Key(job.c.due_at), Key(job.c.id)),
    "priority": (Key(job.c.priority, descending=True), Key(job.c.due_at), Key(job.c.id)),
    "retries": (Key(job.c.retries), Key(job.c.due_at), Key(job.c.id)),
}
SUBSCRIPTION_SORTS: Sorts = {
    **_by_time(event_subscription),
    "name": (Key(event_subscription.c.name), Key(event_subscription.c.id)),
}


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """What stopped a token, where, why and what to do."""

    id: str
    root_id: str
    instance_id: str
    definition_id: str
    definition_key: str
    definition_name: str | None
    business_key: str | None
    element_id: str
    created_at: datetime
    code: str
    reason: str
    fix: str
    expression: str | None
    token: int | None
    job: int | None


@dataclass(frozen=True, slots=True)
class IncidentList:
    """Open incidents, the newest first."""

    permission: ClassVar[str] = "read"
    instance_id: str | None = None
    definition_key: str | None = None
    element_id: str | None = None
    code: str | None = None
    reason: str | None = None
    sort: str = "newest"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[IncidentRow]:
        statement = (
            select(
                incident,
                process_instance.c.definition_id,
                process_instance.c.key.label("definition_key"),
                process_instance.c.business_key,
                process_definition.c.name.label("definition_name"),
            )
            .join(process_instance, process_instance.c.id == incident.c.instance_id)
            .join(process_definition, process_definition.c.id == process_instance.c.definition_id)
            .where(sees_instance(connection, actor))
        )
        if self.instance_id is not None:
            statement = statement.where(*of_instance(incident, self.instance_id))
        if self.definition_key is not None:
            statement = statement.where(process_instance.c.key == self.definition_key)
        alike = {incident.c.element_id: self.element_id, incident.c.code: self.code, incident.c.reason: self.reason}
        statement = statement.where(*(column == value for column, value in alike.items() if value is not None))
        keys = keys_of(INCIDENT_SORTS, self.sort)
        return paged(connection, statement, keys, self.limit, self.after, _incident_row)


@dataclass(frozen=True, slots=True)
class JobRow:
    """Work for a runner or a worker. `leased` says that somebody has it now.

    `definition_id` is set of a job that belongs to no instance; `runs` is the definition it belongs to by either.
    """

    id: str
    root_id: str | None
    instance_id: str | None
    definition_id: str | None
    element_id: str | None
    kind: str
    topic: str | None
    created_at: datetime
    due_at: datetime
    priority: int
    retries: int
    tries: int
    error: str | None
    lease_owner: str | None
    lease_until: datetime | None
    leased: bool
    business_key: str | None
    runs: str | None


@dataclass(frozen=True, slots=True)
class JobList:
    """Jobs by due date. `instance_id` of a root includes what it called; `exhausted` ones have no tries left.

    `due_before` narrows to what should have been done by then; `failing` to what has failed and has tries left.
    """

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    instance_id: str | None = None
    kind: str | None = None
    topic: str | None = None
    exhausted: bool | None = None
    failing: bool = False
    due_before: datetime | None = None
    sort: str = "due"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[JobRow]:
        statement = _jobs(actor, now)
        if self.instance_id is not None:
            statement = statement.where(*of_instance(job, self.instance_id))
        if self.kind is not None:
            statement = statement.where(job.c.kind == self.kind)
        if self.topic is not None:
            statement = statement.where(job.c.topic == self.topic)
        if self.exhausted is not None:
            statement = statement.where(job.c.retries <= 0 if self.exhausted else job.c.retries > 0)
        if self.failing:
            statement = statement.where(job.c.retries > 0, job.c.error.is_not(None))
        if self.due_before is not None:
            statement = statement.where(job.c.due_at < self.due_before)
        return paged(connection, statement, keys_of(JOB_SORTS, self.sort), self.limit, self.after, _job_row)


@dataclass(frozen=True, slots=True)
class JobDetail:
    """One job. Raises NotFound where it is done, or not for the actor to mend."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> JobRow:
        row = connection.execute(_jobs(actor, now).where(job.c.id == self.id)).one_or_none()
        if row is None:
            raise NotFound("This job is done, or never was.")
        return _job_row(row)


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """A token that waits for a message or a signal."""

    id: str
    root_id: str
    instance_id: str
    element_id: str
    kind: str
    name: str
    correlation: dict[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SubscriptionList:
    """Open event subscriptions, the oldest first."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    instance_id: str | None = None
    kind: str | None = None
    name: str | None = None
    sort: str = "oldest"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[SubscriptionRow]:
        table = event_subscription.c
        statement = select(event_subscription).where(operates(actor, event_subscription))
        if self.instance_id is not None:
            statement = statement.where(*of_instance(event_subscription, self.instance_id))
        if self.kind is not None:
            statement = statement.where(table.kind == self.kind)
        if self.name is not None:
            statement = statement.where(table.name == self.name)
        keys = keys_of(SUBSCRIPTION_SORTS, self.sort)
        return paged(connection, statement, keys, self.limit, self.after, _subscription_row)


def _jobs(actor: Actor, now: datetime) -> Select[Any]:
    leased = func.coalesce(and_(job.c.lease_until > now, job.c.lease_owner.is_not(None)), False).label("leased")
    runs = func.coalesce(job.c.definition_id, process_instance.c.definition_id).label("runs")
    statement = select(job, leased, process_instance.c.business_key, runs).outerjoin(
        process_instance, process_instance.c.id == job.c.instance_id
    )
    return statement.where(operates(actor, job))


def _incident_row(row: Row[Any]) -> IncidentRow:
    return IncidentRow(**{name: getattr(row, name) for name in IncidentRow.__dataclass_fields__})


def _job_row(row: Row[Any]) -> JobRow:
    return JobRow(**{name: getattr(row, name) for name in JobRow.__dataclass_fields__})


def _subscription_row(row: Row[Any]) -> SubscriptionRow:
    return SubscriptionRow(**{name: getattr(row, name) for name in SubscriptionRow.__dataclass_fields__})
