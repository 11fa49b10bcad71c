"""What was deployed: process definitions, their versions, and how many instances each has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, Select, func, or_, select, true

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.grants import may_start
from engine.persistence.tables import deployment, incident, process_definition, process_instance, start_event
from engine.queries.page import Key, Page, Sorts, keys_of, paged
from engine.queries.visibility import few, sees_definition, sees_instance


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """One version of a process. `verdict` is the import verdict as kept at deployment."""

    id: str
    key: str
    version: int
    version_tag: str | None
    name: str | None
    deployment_id: str
    resource: str
    process_id: str
    guided: bool
    dialect: str
    latest: bool
    state: str
    verdict: Any
    deployed_at: datetime
    deployed_by: str | None
    running: int
    incidents: int


_KEY = (Key(process_definition.c.key), Key(process_definition.c.version, descending=True))
_NAME = func.coalesce(process_definition.c.name, process_definition.c.key)
SORTS: Sorts = {
    "key": _KEY,
    "name": (Key(_NAME), *_KEY),
    "newest": (Key(deployment.c.deployed_at, descending=True), *_KEY),
    "oldest": (Key(deployment.c.deployed_at), *_KEY),
}


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """The latest version of each process, or with `key` all versions of one, or with `latest` off all of all.

    `startable`: those that the actor may start now. Without `counted` their numbers are 0: for who only wants names.
    """

    permission: ClassVar[str] = "read"
    key: str | None = None
    latest: bool = True
    startable: bool = False
    search: str = ""
    state: str | None = None
    counted: bool = True
    sort: str = "key"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[DefinitionRow]:
        statement = definitions().where(sees_definition(connection, actor))
        if self.startable:
            statement = statement.where(may_start(actor), process_definition.c.state == "active")
        if self.key is not None:
            statement = statement.where(process_definition.c.key == self.key)
        elif self.latest:
            statement = statement.where(process_definition.c.latest)
        if self.search.strip():
            columns = (process_definition.c.name, process_definition.c.key)
            statement = statement.where(
                or_(*(column.icontains(self.search.strip(), autoescape=True) for column in columns))
            )
        if self.state is not None:
            statement = statement.where(process_definition.c.state == self.state)
        page = paged(connection, statement, keys_of(SORTS, self.sort), self.limit, self.after, definition_row)
        return Page(with_counts(connection, actor, page.rows), page.next) if self.counted else page


@dataclass(frozen=True, slots=True)
class DefinitionDetail:
    """One definition by its id, or the latest version of a key; `startable`: if the actor may start it."""

    permission: ClassVar[str] = "read"
    id: str | None = None
    key: str | None = None
    startable: bool = False

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> DefinitionRow:
        statement = definitions().where(sees_definition(connection, actor))
        if self.startable:
            statement = statement.where(may_start(actor))
        if self.id is not None:
            statement = statement.where(process_definition.c.id == self.id)
        else:
            statement = statement.where(process_definition.c.key == (self.key or ""), process_definition.c.latest)
        row = connection.execute(statement).one_or_none()
        if row is None:
            raise NotFound("There is no such process definition.")
        (found,) = with_counts(connection, actor, (definition_row(row),))
        return found


@dataclass(frozen=True, slots=True)
class StartEventRow:
    """A start event that waits for a message, a signal or a time."""

    definition_id: str
    element_id: str
    kind: str
    name: str | None
    expression: str | None


@dataclass(frozen=True, slots=True)
class StartEvents:
    """What else than a person starts this definition."""

    permission: ClassVar[str] = "read"
    definition_id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[StartEventRow, ...]:
        statement = select(start_event).where(start_event.c.definition_id == self.definition_id)
        rows = connection.execute(statement.order_by(start_event.c.element_id))
        return tuple(
            StartEventRow(row.definition_id, row.element_id, row.kind, row.name, row.expression) for row in rows
        )


def definitions() -> Select[Any]:
    """Definitions with their deployment."""
    return select(process_definition, deployment.c.deployed_at, deployment.c.deployed_by).join(
        deployment, deployment.c.id == process_definition.c.deployment_id
    )


def definition_row(row: Row[Any]) -> DefinitionRow:
    names = (name for name in DefinitionRow.__dataclass_fields__ if name not in ("running", "incidents"))
    return DefinitionRow(**{name: getattr(row, name) for name in names}, running=0, incidents=0)


def with_counts(connection: Connection, actor: Actor, rows: tuple[DefinitionRow, ...]) -> tuple[DefinitionRow, ...]:
    """The rows with the number of running instances and of incidents that the actor may see."""
    instance = process_instance.c
    ours = (
        instance.definition_id.in_([row.id for row in rows]),
        instance.state == "running",
        sees_instance(connection, actor),
    )
    by_definition = select(instance.definition_id, func.count()).where(*ours).group_by(instance.definition_id)
    # Few have stopped: they are looked up first, whatever a database believes of its tables.
    ids = few(connection, select(incident.c.instance_id))
    has_stopped = true() if ids is None else instance.id.in_(ids)
    stopped = by_definition.join_from(process_instance, incident, incident.c.instance_id == instance.id)
    running = {row[0]: row[1] for row in connection.execute(by_definition)} if rows else {}
    found = connection.execute(stopped.where(has_stopped)) if rows and ids != [] else ()
    incidents = {row[0]: row[1] for row in found}
    return tuple(replace(row, running=running.get(row.id, 0), incidents=incidents.get(row.id, 0)) for row in rows)
