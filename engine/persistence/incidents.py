"""Incidents: what stopped a token, until it is retried or cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam

from engine.persistence import rows, tables
from engine.persistence.prepared import Prepared

_table = tables.incident


@dataclass(frozen=True, slots=True)
class Incident:
    id: str
    root_id: str
    number: int
    token: int | None
    job: int | None
    instance_id: str
    element_id: str
    created_at: datetime
    code: str
    reason: str
    fix: str
    expression: str | None


_incidents = rows.read(_table, Incident)
_by_id = Prepared(_incidents.where(_table.c.id == bindparam("id")))
_by_root = Prepared(_incidents.where(_table.c.root_id == bindparam("id")).order_by(_table.c.number))


class Incidents:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, incident_id: str) -> Incident | None:
        row = _by_id.first(self._connection, id=incident_id)
        return Incident(*row) if row else None

    def of_root(self, root_id: str) -> list[Incident]:
        return [Incident(*row) for row in _by_root.fetch(self._connection, id=root_id)]
