"""Process instances as a list: running, ended, with incidents, by business key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select

from engine.identity import Actor
from engine.persistence.tables import incident, process_definition, process_instance
from engine.queries.page import Key, Page, paged
from engine.queries.visibility import sees_instance


@dataclass(frozen=True, slots=True)
class InstanceRow:
    """One process instance; `parent_id` names the instance whose call activity it answers."""

    id: str
    root_id: str
    parent_id: str | None
    definition_id: str
    key: str
    version: int
    name: str | None
    business_key: str | None
    state: str
    started_at: datetime
    started_by: str | None
    ended_at: datetime | None
    end_reason: str | None
    incidents: int


@dataclass(frozen=True, slots=True)
class InstanceList:
    """Instances the actor may see, the newest first. `state`: running, completed, failed, cancelled."""

    permission: ClassVar[str] = "read"
    key: str | None = None
    definition_id: str | None = None
    state: str | None = None
    business_key: str | None = None
    search: str = ""
    with_incident: bool = False
    called_too: bool = False
    started_after: datetime | None = None
    started_before: datetime | None = None
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[InstanceRow]:
        statement = instances().where(sees_instance(actor), *self._filters())
        keys = (Key(process_instance.c.started_at, descending=True), Key(process_instance.c.id))
        return paged(connection, statement, keys, self.limit, self.after, instance_row)

    def _filters(self) -> list[ColumnElement[bool]]:
        instance = process_instance.c
        wanted = {
            instance.key: self.key,
            instance.definition_id: self.definition_id,
            instance.state: self.state,
            instance.business_key: self.business_key,
        }
        filters: list[ColumnElement[bool]] = [column == value for column, value in wanted.items() if value is not None]
        if not self.called_too:
            filters.append(instance.parent_id.is_(None))
        if self.with_incident:
            filters.append(instance.root_id.in_(select(incident.c.root_id)))
        if self.started_after is not None:
            filters.append(instance.started_at > self.started_after)
        if self.started_before is not None:
            filters.append(instance.started_at < self.started_before)
        text = self.search.strip()
        if text:
            columns = (instance.business_key, instance.key, process_definition.c.name)
            contains = [column.icontains(text, autoescape=True) for column in columns]
            filters.append(or_(instance.id == text, *contains))
        return filters


def instances() -> Select[Any]:
    """Instances with their definition; a root counts the incidents of all that it called, too."""
    holds = or_(incident.c.instance_id == process_instance.c.id, incident.c.root_id == process_instance.c.id)
    return select(
        process_instance,
        process_definition.c.version,
        process_definition.c.name,
        select(func.count())
        .select_from(incident)
        .where(holds)
        .correlate(process_instance)
        .scalar_subquery()
        .label("incidents"),
    ).join(process_definition, process_definition.c.id == process_instance.c.definition_id)


def instance_row(row: Row[Any]) -> InstanceRow:
    return InstanceRow(**{name: getattr(row, name) for name in InstanceRow.__dataclass_fields__})
