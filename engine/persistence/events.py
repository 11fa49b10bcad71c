"""History: events of a root in order, appended and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, select

from engine.persistence import tables
from engine.persistence.prepared import Insertion
from engine.runtime.records import EventRecord

_table = tables.event
_names = tuple(field.name for field in fields(EventRecord))
_events = select(*(_table.c[name] for name in _names)).order_by(_table.c.number)
_insert = Insertion(_table, ("root_id", *_names))


def as_row(root_id: str, event: EventRecord) -> dict[str, Any]:
    row = {name: getattr(event, name) for name in _names}
    row["root_id"] = root_id
    return row


class Events:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, root_id: str, events: Iterable[EventRecord]) -> None:
        _insert.run(self._connection, [as_row(root_id, event) for event in events])

    def of_root(self, root_id: str, upto: int | None = None) -> Iterator[EventRecord]:
        """The events of a root from the first to number `upto`, or all."""
        wanted = _events.where(_table.c.root_id == root_id)
        if upto is not None:
            wanted = wanted.where(_table.c.number <= upto)
        for row in self._connection.execute(wanted):
            yield EventRecord(*row)
