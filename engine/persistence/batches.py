"""Long work: one act on many things, each with what it came to. Whoever has the lease works on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from engine.persistence import rows, tables

_batch = tables.batch
_item = tables.batch_item


@dataclass(frozen=True, slots=True)
class Batch:
    """`act` names what is done, `back` is the page it was begun on, `ended_at` is None while things are left."""

    id: str
    user_id: str
    act: str
    back: str
    total: int
    created_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One of its things: `thing` is for the act, `name` for people."""

    batch_id: str
    number: int
    name: str
    thing: Any
    state: str = "open"
    result: Any = None
    reason: str | None = None


read_batch = rows.read(_batch, Batch)
read_item = rows.read(_item, BatchItem)


def is_free(now: datetime) -> ColumnElement[bool]:
    """Things are left and nobody works on them."""
    return _batch.c.ended_at.is_(None) & or_(_batch.c.lease_until.is_(None), _batch.c.lease_until < now)


class Batches:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: Batch, items: list[BatchItem]) -> None:
        self._connection.execute(insert(_batch), rows.as_columns(batch))
        self._connection.execute(insert(_item), [rows.as_columns(each) for each in items])

    def drop_older(self, than: datetime) -> None:
        old = select(_batch.c.id).where(_batch.c.created_at < than)
        self._connection.execute(delete(_item).where(_item.c.batch_id.in_(old)))
        self._connection.execute(delete(_batch).where(_batch.c.created_at < than))

    def take(self, owner: str, now: datetime, until: datetime) -> Batch | None:
        """The oldest that is free, leased to `owner`."""
        oldest = read_batch.where(is_free(now)).order_by(_batch.c.id).limit(1)
        row = self._connection.execute(oldest).first()
        if row is None:
            return None
        batch = Batch(*row)
        # Another server may have been faster between the two statements.
        leased = update(_batch).where(_batch.c.id == batch.id, is_free(now))
        taken = self._connection.execute(leased.values(lease_owner=owner, lease_until=until)).rowcount
        return batch if taken else None

    def left(self, batch_id: str) -> tuple[BatchItem, ...]:
        open_ones = read_item.where(_item.c.batch_id == batch_id, _item.c.state == "open").order_by(_item.c.number)
        return tuple(BatchItem(*row) for row in self._connection.execute(open_ones))

    def keep(self, batch_id: str, owner: str, until: datetime) -> bool:
        """Lease it for longer; False if it is `owner`'s no more."""
        return self._change(batch_id, owner, lease_until=until)

    def let_go(self, batch_id: str, owner: str) -> None:
        self._change(batch_id, owner, lease_owner=None, lease_until=None)

    def end(self, batch_id: str, owner: str, now: datetime) -> None:
        self._change(batch_id, owner, ended_at=now, lease_owner=None, lease_until=None)

    def end_item(self, batch_id: str, number: int, state: str, result: Any, reason: str | None) -> bool:
        """Write what it came to; False if that is written already."""
        here = update(_item).where(_item.c.batch_id == batch_id, _item.c.number == number, _item.c.state == "open")
        return bool(self._connection.execute(here.values(state=state, result=result, reason=reason)).rowcount)

    def _change(self, batch_id: str, owner: str, **columns: Any) -> bool:
        own = update(_batch).where(_batch.c.id == batch_id, _batch.c.lease_owner == owner)
        return bool(self._connection.execute(own.values(**columns)).rowcount)
