"""Process instances as a list: running, ended, with incidents, by what they are about, where they wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
)

from engine import values
from engine.identity import Actor
from engine.persistence.tables import incident, node, process_definition, process_instance, variable
from engine.queries.page import Key, Page, paged
from engine.queries.texts import called, has_key, holding, reference, written_as
from engine.queries.visibility import sees_instance

Sort = Literal["newest", "oldest", "ended", "business_key"]
STATES = ("running", "completed", "failed", "cancelled")
FEW = 5000
MOST = 500


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

    @property
    def texts(self) -> list[str]:
        return [values.encode(self.value)]


@dataclass(frozen=True, slots=True)
class Written:
    """A running instance has a variable of that name, with a value that a person would write so."""

    name: str
    text: str

    @property
    def texts(self) -> list[str]:
        return written_as(self.text)


@dataclass(frozen=True, slots=True)
class InstanceList:
    """Instances the actor may see, the newest first. `search` looks at business keys.

    `state`: running, completed, failed, cancelled; `waiting_at` is an element's id. `called_too` shows those that call
    activities started as well. Sorted by `ended`, only those that have are shown.
    """

    permission: ClassVar[str] = "read"
    key: str | None = None
    version: int | None = None
    definition_id: str | None = None
    state: str | None = None
    business_key: str | None = None
    search: str = ""
    variable: Holds | Written | None = None
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
        statement = instances().where(sees_instance(connection, actor), *self.filters(connection))
        return paged(connection, statement, _keys(self.sort), self.limit, self.after, instance_row)

    def filters(self, connection: Connection) -> list[ColumnElement[bool]]:
        """What an instance must be. What few have is looked up first, so that no list is walked in search of them."""
        instance = process_instance.c
        wanted: dict[ColumnElement[Any], Any] = {
            instance.key: self.key,
            instance.definition_id: self.definition_id,
            instance.state: self.state,
            instance.started_by: self.started_by,
        }
        filters: list[ColumnElement[bool]] = [column == value for column, value in wanted.items() if value is not None]
        if self.business_key is not None:
            filters.append(has_key(process_instance, self.business_key))
        if self.version is not None:
            versions = select(process_definition.c.id).where(process_definition.c.version == self.version)
            if self.key is not None:
                versions = versions.where(process_definition.c.key == self.key)
            filters.append(instance.definition_id.in_(list(connection.scalars(versions))))
        if not self.called_too:
            filters.append(instance.parent_id.is_(None))
        if self.with_incident:
            filters.append(_among(connection, instance.root_id, incident.c.root_id))
        if self.variable is not None:
            held = holding(self.variable.name, self.variable.texts)
            filters.append(_among(connection, instance.root_id, variable.c.root_id, *held))
        if self.waiting_at is not None:
            own = (node.c.root_id == instance.root_id, node.c.instance_id == instance.id)
            here = node.c.element_id == self.waiting_at
            filters.append(_among(connection, instance.id, node.c.instance_id, here, each=own))
        if self.started_after is not None:
            filters.append(instance.started_at >= self.started_after)
        if self.started_before is not None:
            filters.append(instance.started_at < self.started_before)
        if self.sort == "ended":
            filters.append(instance.ended_at.is_not(None))
        text = self.search.strip()
        if text:
            ids = called(connection, instance.id, process_instance, text)
            named = reference(process_instance).icontains(text, autoescape=True)
            filters.append(named if ids is None else instance.id.in_([*ids, text]))
        return filters


@dataclass(frozen=True, slots=True)
class InstanceCounts:
    """How many instances of `wanted` there are in each state, whatever state and order it asks for itself.

    `incident` counts those that have stopped at something, which are running as well. Counting ends at `MOST`: that
    there are more than a list is ever read to is all that is said then.
    """

    permission: ClassVar[str] = "read"
    wanted: InstanceList = InstanceList()

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> dict[str, int]:
        wanted = replace(self.wanted, state=None, with_incident=False, sort="newest")
        ours = (sees_instance(connection, actor), *wanted.filters(connection))
        stopped = _among(connection, process_instance.c.root_id, incident.c.root_id)
        conditions: dict[str, ColumnElement[bool]] = {state: process_instance.c.state == state for state in STATES}
        conditions["incident"] = stopped
        return {
            name: connection.scalar(
                select(func.count()).select_from(
                    select(process_instance.c.id).where(condition, *ours).limit(MOST).subquery()
                )
            )
            or 0
            for name, condition in conditions.items()
        }


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
        return (Key(reference(process_instance)), Key(instance.id))
    if sort == "oldest":
        return (Key(instance.started_at), Key(instance.id))
    return (
        Key(instance.ended_at if sort == "ended" else instance.started_at, descending=True),
        Key(instance.id, descending=True),
    )


def _among(
    connection: Connection,
    column: ColumnElement[Any],
    found: ColumnElement[Any],
    *where: ColumnElement[bool],
    each: Sequence[ColumnElement[bool]] = (),
) -> ColumnElement[bool]:
    """That `column` is one of what is `found`. Few are fetched and named; of many each row is looked up by itself.

    Which of the two a database takes by itself depends on what it believes of its tables, and costs seconds at worst.
    `each` is how a row is looked up where it is not by `found` alone.
    """
    few = list(connection.scalars(select(found).where(*where).limit(FEW + 1)))
    if len(few) <= FEW:
        return column.in_(list(dict.fromkeys(few)))
    return exists().where(*(each or (found == column,)), *where).correlate(process_instance)
