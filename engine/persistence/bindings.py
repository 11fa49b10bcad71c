"""Bindings beside the file: by process key, for an element or for a topic or class that elements name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from engine.persistence import tables
from engine.persistence.prepared import Prepared
from engine.services.binding import Binding

_table = tables.binding
_revision = Prepared(select(tables.revision.c.number).where(tables.revision.c.name == "bindings"))


class Bindings:
    """Every change counts up one revision, by which servers know that what they compiled is out of date."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, key: str) -> dict[str, Binding]:
        """The bindings of a process key, by element id, `topic:<name>` or `class:<name>`."""
        found = self._connection.execute(
            select(_table.c.subject, _table.c.kind, _table.c.target, _table.c.options).where(_table.c.key == key)
        )
        return {subject: Binding(kind, target, options) for subject, kind, target, options in found}

    def put(self, key: str, subject: str, binding: Binding, at: datetime, by: str | None) -> None:
        self.remove(key, subject)
        row = {"key": key, "subject": subject, **binding.to_dict(), "changed_at": at, "changed_by": by}
        self._connection.execute(insert(_table), row)

    def remove(self, key: str, subject: str) -> bool:
        self._connection.execute(
            update(tables.revision)
            .where(tables.revision.c.name == "bindings")
            .values(number=tables.revision.c.number + 1)
        )
        done = self._connection.execute(delete(_table).where(_table.c.key == key, _table.c.subject == subject))
        return done.rowcount > 0

    def revision(self) -> int:
        row = _revision.first(self._connection)
        return int(row[0]) if row else 0
