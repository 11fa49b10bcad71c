"""Histories that were read a moment ago: who looks back step by step reads what is new of one, not all of it again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine import values
from engine.persistence.tables import event
from engine.queries.history import EventRow, event_row
from engine.runtime.records import EventRecord

SIZE = 8
LONGEST = 50_000


@dataclass(frozen=True, slots=True)
class Tape:
    """All events of a root in order, as rows and as what a replay follows."""

    rows: tuple[EventRow, ...] = ()
    records: tuple[EventRecord, ...] = ()


class Tapes:
    """The histories that one server keeps, those used last. What happened does not change; it only goes on."""

    def __init__(self, size: int = SIZE, longest: int = LONGEST) -> None:
        self._size = size
        self._longest = longest
        self._kept: OrderedDict[str, Tape] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, connection: Connection, root_id: str) -> Tape:
        """The history of a root until now. Whether the reader may see it was asked before."""
        with self._lock:
            known = self._kept.get(root_id, Tape())
        tape = _gone_on(connection, root_id, known)
        with self._lock:
            self._kept.pop(root_id, None)
            if len(tape.rows) <= self._longest:
                self._kept[root_id] = tape
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return tape


def _gone_on(connection: Connection, root_id: str, known: Tape) -> Tape:
    last = known.rows[-1] if known.rows else None
    found = select(event).where(event.c.root_id == root_id).order_by(event.c.number)
    # The last known one is read again: a root that was deleted and brought in anew may have another past.
    new = [event_row(row) for row in connection.execute(found.where(event.c.number >= last.number) if last else found)]
    if last is not None:
        if not new or new[0] != last:
            return _gone_on(connection, root_id, Tape())
        new = new[1:]
    if not new:
        return known
    return Tape((*known.rows, *new), (*known.records, *map(_record, new)))


def _record(row: EventRow) -> EventRecord:
    value = values.encode(row.value) if row.kind == "variable-set" else None
    return EventRecord(
        number=row.number,
        instance_id=row.instance_id,
        at=row.at,
        kind=row.kind,
        element_id=row.element_id,
        token=row.token,
        scope=row.scope,
        name=row.name,
        data=row.data,
        value=value,
        actor=row.actor,
    )
