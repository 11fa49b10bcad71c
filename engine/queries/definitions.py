"""What was deployed: process definitions, their versions, and how many instances each has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, Select, func, or_, select

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.tables import deployment, incident, process_definition, process_instance, start_event
from engine.queries.page import Key, Page, paged


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


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """The latest version of each process, or with `key` all versions of one, or with `latest` off all of all."""

    permission: ClassVar[str] = "read"
    key: str | None = None
    latest: bool = True
    search: str = ""
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[DefinitionRow]:
        statement = definitions()
        if self.key is not None:
            statement = statement.where(process_definition.c.key == self.key)
        elif self.latest:
            statement = statement.where(process_definition.c.latest)
        if self.search.strip():
            columns = (process_definition.c.name, process_definition.c.key)
            statement = statement.where(
                or_(*(column.icontains(self.search.strip(), autoescape=True) for column in columns))
            )
        keys = (Key(process_definition.c.key), Key(process_definition.c.version, descending=True))
        return paged(connection, statement, keys, self.limit, self.after, definition_row)


@dataclass(frozen=True, slots=True)
class DefinitionDetail:
    """One definition by its id, or the latest version of a key."""

    permission: ClassVar[str] = "read"
    id: str | None = None
    key: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> DefinitionRow:
        statement = definitions()
        if self.id is not None:
            statement = statement.where(process_definition.c.id == self.id)
        else:
            statement = statement.where(process_definition.c.key == (self.key or ""), process_definition.c.latest)
        row = connection.execute(statement).one_or_none()
        if row is None:
            raise NotFound("There is no such process definition.")
        return definition_row(row)


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
    """Definitions with their deployment and the number of running instances and of incidents."""
    ours = process_instance.c.definition_id == process_definition.c.id
    running = select(func.count()).where(ours, process_instance.c.state == "running").scalar_subquery()
    broken = (
        select(func.count())
        .select_from(incident.join(process_instance, process_instance.c.id == incident.c.instance_id))
        .where(ours)
        .correlate(process_definition)
        .scalar_subquery()
    )
    return select(
        process_definition,
        deployment.c.deployed_at,
        deployment.c.deployed_by,
        running.label("running"),
        broken.label("incidents"),
    ).join(deployment, deployment.c.id == process_definition.c.deployment_id)


def definition_row(row: Row[Any]) -> DefinitionRow:
    return DefinitionRow(**{name: getattr(row, name) for name in DefinitionRow.__dataclass_fields__})
