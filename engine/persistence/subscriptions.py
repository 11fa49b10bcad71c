"""Event subscriptions: tokens that wait for a message or signal, found by its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam

from engine.persistence import rows, tables
from engine.persistence.prepared import Prepared

_table = tables.event_subscription


@dataclass(frozen=True, slots=True)
class Subscription:
    id: str
    root_id: str
    number: int
    token: int
    instance_id: str
    element_id: str
    kind: Literal["message", "signal"]
    name: str
    correlation: dict[str, Any]
    created_at: datetime


_subscriptions = rows.read(_table, Subscription)
_by_id = Prepared(_subscriptions.where(_table.c.id == bindparam("id")))
_by_root = Prepared(_subscriptions.where(_table.c.root_id == bindparam("id")).order_by(_table.c.number))
_by_name = Prepared(
    _subscriptions.where(_table.c.kind == bindparam("kind"), _table.c.name == bindparam("name")).order_by(
        _table.c.created_at, _table.c.id
    )
)
_by_kind = Prepared(_subscriptions.where(_table.c.kind == bindparam("kind")).order_by(_table.c.created_at, _table.c.id))


class Subscriptions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, subscription_id: str) -> Subscription | None:
        row = _by_id.first(self._connection, id=subscription_id)
        return Subscription(*row) if row else None

    def waiting_for(self, kind: Literal["message", "signal"], name: str | None) -> list[Subscription]:
        """All that wait for it, the oldest first. Without a name: for any of that kind."""
        if name is None:
            return [Subscription(*row) for row in _by_kind.fetch(self._connection, kind=kind)]
        return [Subscription(*row) for row in _by_name.fetch(self._connection, kind=kind, name=name)]

    def of_root(self, root_id: str) -> list[Subscription]:
        return [Subscription(*row) for row in _by_root.fetch(self._connection, id=root_id)]
