"""Process instances: one row each, of which the root's carries what all of them share and outlives their end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.persistence import rows, tables
from engine.persistence.prepared import Prepared, Question, together
from engine.runtime.records import InstanceState

_table = tables.process_instance


@dataclass(frozen=True, slots=True)
class Instance:
    """A process instance as stored. `revision`, `counter` and `event_count` mean something on the root's row only."""

    id: str
    root_id: str
    definition_id: str
    key: str
    started_at: datetime
    parent_id: str | None
    parent_token: int | None
    business_key: str | None
    conversation: str | None
    started_by: str | None
    state: InstanceState
    ended_at: datetime | None
    end_reason: str | None
    revision: int
    counter: int
    event_count: int


@dataclass(frozen=True, slots=True)
class LockedRoot:
    """What the lock of a root gives: where it stands, and of that moment the revision of the bindings.

    `tells`: whether anybody outside is told what happens.
    """

    revision: int
    counter: int
    event_count: int
    state: InstanceState
    key: str
    bindings: int
    tells: bool


_instances = rows.read(_table, Instance)
_by_id = Prepared(_instances.where(_table.c.id == bindparam("id")))
_by_root = Prepared(_instances.where(_table.c.root_id == bindparam("id")).order_by(_table.c.started_at, _table.c.id))
_bindings = select(tables.revision.c.number).where(tables.revision.c.name == "bindings").scalar_subquery()
_tells = select(tables.webhook.c.id).exists()
_standing = Prepared(select(_bindings, _tells))
_lock = Prepared(
    select(_table.c.revision, _table.c.counter, _table.c.event_count, _table.c.state, _table.c.key, _bindings, _tells)
    .where(_table.c.id == bindparam("id"), _table.c.root_id == bindparam("id"))
    .with_for_update(of=_table)
)


def root_of(id: str) -> str:
    """The root that an instance, user task, job, subscription, incident or token id names."""
    return id.partition("-")[0]


def number_of(id: str) -> int:
    """The number within its root that an id ends in; 0 for the root itself."""
    number = id.partition("-")[2]
    return int(number) if number.isdecimal() else 0


class Instances:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standing(self) -> tuple[int, bool]:
        """What a root that is yet to be made would be locked with: the bindings' revision, and `tells`."""
        row = _standing.first(self._connection)
        assert row is not None
        return row[0] or 0, row[1]

    def lock(self, root_id: str) -> LockedRoot | None:
        """Hold the root until the transaction ends: who else wants it waits."""
        row = _lock.first(self._connection, id=root_id)
        return LockedRoot(*row) if row else None

    def lock_and_ask(self, root_id: str, question: Question) -> tuple[LockedRoot | None, tuple[Any, ...] | None]:
        """Lock the root, then ask, at the cost of one question."""
        locked, row = together(self._connection, (_lock, {"id": root_id}), question)
        return LockedRoot(*locked) if locked else None, row

    def get(self, instance_id: str) -> Instance | None:
        row = _by_id.first(self._connection, id=instance_id)
        return Instance(*row) if row else None

    def of_root(self, root_id: str) -> list[Instance]:
        return [Instance(*row) for row in _by_root.fetch(self._connection, id=root_id)]

    def any_of_definition(self, definition_id: str) -> bool:
        found = select(_table.c.id).where(_table.c.definition_id == definition_id).limit(1)
        return self._connection.execute(found).first() is not None

    def running_with(
        self, *, key: str | None = None, business_key: str | None = None, conversation: str | None = None
    ) -> list[Instance]:
        """The running instances that have all of what is given."""
        asked = {"key": key, "business_key": business_key, "conversation": conversation}
        where = [_table.c[name] == value for name, value in asked.items() if value is not None]
        found = self._connection.execute(_instances.where(_table.c.state == "running", *where).order_by(_table.c.id))
        return [Instance(*row) for row in found]
