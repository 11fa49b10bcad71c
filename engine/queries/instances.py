"""Process instances as a list: running, ended, with incidents, by what they are about, where they wait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, literal_column, or_, select

from engine import values
from engine.identity import Actor
from engine.persistence.tables import incident, node, process_definition, process_instance, variable
from engine.queries.page import Key, Page, paged
from engine.queries.visibility import sees_instance

Sort = Literal["newest", "oldest", "ended", "business_key"]


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
class Holds:
    """A running instance has a variable of that name, anywhere in it, with that very value."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class InstanceList:
    """Instances the actor may see. `state`: running, completed, failed, cancelled; `waiting_at` is an element's id.

    `called_too` shows those that call activities started as well. Sorted by `ended`, only those that have are shown.
    """

    permission: ClassVar[str] = "read"
    key: str | None = None
    version: int | None = None
    definition_id: str | None = None
    state: str | None = None
    business_key: str | None = None
    search: str = ""
    variable: Holds | None = None
    started_by: str | None = None
    waiting_at: str | None = None
    with_incident: bool = False
    called_too: bool = False
    started_after: datetime | None = None
    started_before: datetime | None = None
    sort: Sort = "newest"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[InstanceRow]:
        statement = instances().where(sees_instance(actor), *self.filters())
        return paged(connection, statement, _keys(self.sort), self.limit, self.after, instance_row)

    def filters(self) -> list[ColumnElement[bool]]:
        """What a row must be, said of instances and their definitions."""
        instance = process_instance.c
        wanted: dict[ColumnElement[Any], Any] = {
            instance.key: self.key,
            process_definition.c.version: self.version,
            instance.definition_id: self.definition_id,
            instance.state: self.state,
            instance.business_key: self.business_key,
            instance.started_by: self.started_by,
        }
        filters: list[ColumnElement[bool]] = [column == value for column, value in wanted.items() if value is not None]
        if not self.called_too:
            filters.append(instance.parent_id.is_(None))
        if self.with_incident:
            filters.append(instance.root_id.in_(select(incident.c.root_id)))
        if self.variable is not None:
            filters.append(instance.root_id.in_(_holding(self.variable)))
        if self.waiting_at is not None:
            here = select(node.c.instance_id).where(node.c.element_id == self.waiting_at)
            filters.append(instance.id.in_(here))
        if self.started_after is not None:
            filters.append(instance.started_at >= self.started_after)
        if self.started_before is not None:
            filters.append(instance.started_at < self.started_before)
        if self.sort == "ended":
            filters.append(instance.ended_at.is_not(None))
        text = self.search.strip()
        if text:
            columns = (instance.business_key, instance.key, process_definition.c.name)
            contains = [column.icontains(text, autoescape=True) for column in columns]
            filters.append(or_(instance.id == text, *contains))
        return filters


@dataclass(frozen=True, slots=True)
class InstanceCounts:
    """How many instances of `wanted` there are in each state, whatever state and order it asks for itself.

    `incident` counts those that have stopped at something, which are running as well.
    """

    permission: ClassVar[str] = "read"
    wanted: InstanceList = InstanceList()

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> dict[str, int]:
        wanted = replace(self.wanted, state=None, with_incident=False, sort="newest")
        counted = select(process_instance.c.state, func.count()).where(sees_instance(actor), *wanted.filters())
        if wanted.version is not None or wanted.search.strip():
            counted = counted.join(process_definition, process_definition.c.id == process_instance.c.definition_id)
        found = {row[0]: row[1] for row in connection.execute(counted.group_by(process_instance.c.state))}
        stopped = counted.where(process_instance.c.root_id.in_(select(incident.c.root_id)))
        found["incident"] = sum(row[1] for row in connection.execute(stopped.group_by(process_instance.c.state)))
        return found


def instances() -> Select[Any]:
    """Instances with their definition; a root counts the incidents of all that it called, too."""
    ours = or_(process_instance.c.parent_id.is_(None), incident.c.instance_id == process_instance.c.id)
    return select(
        process_instance,
        process_definition.c.version,
        process_definition.c.name,
        select(func.count())
        .select_from(incident)
        .where(and_(incident.c.root_id == process_instance.c.root_id, ours))
        .correlate(process_instance)
        .scalar_subquery()
        .label("incidents"),
    ).join(process_definition, process_definition.c.id == process_instance.c.definition_id)


def instance_row(row: Row[Any]) -> InstanceRow:
    return InstanceRow(**{name: getattr(row, name) for name in InstanceRow.__dataclass_fields__})


def _keys(sort: Sort) -> tuple[Key, ...]:
    instance = process_instance.c
    if sort == "business_key":
        # Written as the index has it: a parameter in its place would keep the index from being used.
        return (Key(func.coalesce(instance.business_key, literal_column("''", instance.key.type))), Key(instance.id))
    if sort == "oldest":
        return (Key(instance.started_at), Key(instance.id))
    return (
        Key(instance.ended_at if sort == "ended" else instance.started_at, descending=True),
        Key(instance.id, descending=True),
    )


def _holding(wanted: Holds) -> Select[Any]:
    return select(variable.c.root_id).where(
        variable.c.name == wanted.name, variable.c.value == values.encode(wanted.value)
    )
