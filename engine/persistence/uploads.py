"""Files between their upload and their deployment, each for the person who sent it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from engine.persistence import rows, tables

_table = tables.upload


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came. `name` is what its sender called it and never names a file of ours."""

    id: str
    user_id: str
    name: str
    size: int
    at: datetime
    content: bytes = field(repr=False)


class Uploads:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, uploads: list[Upload]) -> None:
        self._connection.execute(insert(_table), [rows.as_columns(each) for each in uploads])

    def drop_older(self, than: datetime) -> None:
        self._connection.execute(delete(_table).where(_table.c.at < than))

    def make_room(self, user: str, most: int, most_bytes: int) -> None:
        """Keep the newest of a person's, at most so many and so large; the rest goes."""
        own = select(_table.c.id, _table.c.size).where(_table.c.user_id == user)
        size, late = 0, []
        for place, row in enumerate(self._connection.execute(own.order_by(_table.c.at.desc(), _table.c.id.desc()))):
            size += row.size
            if place >= most or size > most_bytes:
                late.append(row.id)
        for begin in range(0, len(late), 500):
            self._connection.execute(delete(_table).where(_table.c.id.in_(late[begin : begin + 500])))
