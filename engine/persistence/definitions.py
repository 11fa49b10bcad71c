"""Process definitions by key and version, and the start events by which the newest ones may be started."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from engine.persistence import rows, tables
from engine.persistence.prepared import Prepared

_table = tables.process_definition


@dataclass(frozen=True, slots=True)
class ProcessDefinition:
    """A process of a deployed file. `key` is its id in the file (`process_id`) unless deployed under another name."""

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
    latest: bool = True
    state: Literal["active", "suspended"] = "active"
    verdict: Any = None


@dataclass(frozen=True, slots=True)
class StartEvent:
    """A start event that waits for a message, signal, time or condition. `expression` is the timer's."""

    definition_id: str
    element_id: str
    kind: Literal["message", "signal", "timer", "condition"]
    name: str | None = None
    expression: str | None = None
    details: Any = None


_definitions = rows.read(_table, ProcessDefinition)
_by_id = Prepared(_definitions.where(_table.c.id == bindparam("id")))
_latest = Prepared(_definitions.where(_table.c.key == bindparam("key"), _table.c.latest))
_start_events = rows.read(tables.start_event, StartEvent)


class Definitions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_version(self, key: str) -> int:
        """One more than the highest so far; of two that deploy at once one loses and tries again."""
        highest = self._connection.scalar(select(func.max(_table.c.version)).where(_table.c.key == key))
        return (highest or 0) + 1

    def add(self, definition: ProcessDefinition, start_events: list[StartEvent]) -> None:
        """Add a version; if it is the latest, those before it are no longer."""
        if definition.latest:
            older = (_table.c.key == definition.key, _table.c.latest)
            self._connection.execute(update(_table).where(*older).values(latest=False))
        self._connection.execute(insert(_table), rows.as_columns(definition))
        if start_events:
            self._connection.execute(insert(tables.start_event), [rows.as_columns(each) for each in start_events])

    def get(self, definition_id: str) -> ProcessDefinition | None:
        row = _by_id.first(self._connection, id=definition_id)
        return ProcessDefinition(*row) if row else None

    def latest(self, key: str) -> ProcessDefinition | None:
        row = _latest.first(self._connection, key=key)
        return ProcessDefinition(*row) if row else None

    def version(self, key: str, version: int) -> ProcessDefinition | None:
        return self._one(_table.c.key == key, _table.c.version == version)

    def tagged(self, key: str, version_tag: str) -> list[ProcessDefinition]:
        """The versions that carry the tag, the newest first."""
        tagged = _definitions.where(_table.c.key == key, _table.c.version_tag == version_tag)
        found = self._connection.execute(tagged.order_by(_table.c.version.desc()))
        return [ProcessDefinition(*row) for row in found]

    def in_deployment(self, key: str, deployment_id: str) -> ProcessDefinition | None:
        return self._one(_table.c.key == key, _table.c.deployment_id == deployment_id)

    def of_deployment(self, deployment_id: str) -> list[ProcessDefinition]:
        found = self._connection.execute(
            _definitions.where(_table.c.deployment_id == deployment_id).order_by(_table.c.key)
        )
        return [ProcessDefinition(*row) for row in found]

    def set_state(self, definition_id: str, state: Literal["active", "suspended"]) -> None:
        self._connection.execute(update(_table).where(_table.c.id == definition_id).values(state=state))

    def promote(self, key: str) -> ProcessDefinition | None:
        """Make the highest version that is left the latest, after the latest was deleted."""
        highest = self._one(_table.c.key == key)
        if highest is not None and not highest.latest:
            self._connection.execute(update(_table).where(_table.c.id == highest.id).values(latest=True))
        return highest

    def start_events(self, definition_id: str) -> list[StartEvent]:
        found = self._connection.execute(_start_events.where(tables.start_event.c.definition_id == definition_id))
        return [StartEvent(*row) for row in found]

    def started_by(self, kind: Literal["message", "signal"], name: str) -> list[StartEvent]:
        """The start events of that message or signal in the latest active versions."""
        return self._started(kind, tables.start_event.c.name == name)

    def started_by_conditions(self) -> list[StartEvent]:
        """The conditional start events in the latest active versions."""
        return self._started("condition")

    def _started(self, kind: str, *where: Any) -> list[StartEvent]:
        found = self._connection.execute(
            _start_events.join(_table, _table.c.id == tables.start_event.c.definition_id)
            .where(tables.start_event.c.kind == kind, *where)
            .where(_table.c.latest, _table.c.state == "active")
            .order_by(_table.c.key)
        )
        return [StartEvent(*row) for row in found]

    def delete_start_events(self, definition_id: str) -> None:
        where = tables.start_event.c.definition_id == definition_id
        self._connection.execute(delete(tables.start_event).where(where))

    def _one(self, *where: Any) -> ProcessDefinition | None:
        row = self._connection.execute(_definitions.where(*where).order_by(_table.c.version.desc()).limit(1)).first()
        return ProcessDefinition(*row) if row else None
