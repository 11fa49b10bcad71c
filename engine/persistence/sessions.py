"""Sessions of people who signed in, found by the hash of what their browser holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, update

from engine.persistence import rows, tables

_table = tables.session
ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Session:
    token_hash: str = field(repr=False)
    user_id: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    data: dict[str, Any]
    address: str | None = None
    agent: str | None = None


_sessions = rows.read(_table, Session)


class Sessions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, session: Session) -> None:
        self._connection.execute(insert(_table), rows.as_columns(session))

    def get(self, token_hash: str, now: datetime) -> Session | None:
        """The session of that hash, unless it has expired."""
        found = _sessions.where(_table.c.token_hash == token_hash, _table.c.expires_at > now)
        row = self._connection.execute(found).first()
        return Session(*row) if row else None

    def change(self, token_hash: str, **changes: Any) -> bool:
        rows.refuse_unknown(_table, changes)
        done = self._connection.execute(update(_table).where(_table.c.token_hash == token_hash).values(**changes))
        return done.rowcount > 0

    def delete(self, token_hash: str) -> bool:
        return self._connection.execute(delete(_table).where(_table.c.token_hash == token_hash)).rowcount > 0

    def delete_of_user(self, user_id: str, but: str | None = None) -> None:
        """`but`: the hash of one that stays."""
        self._connection.execute(delete(_table).where(_table.c.user_id == user_id, _table.c.token_hash != (but or "")))

    def delete_by_id(self, user_id: str, id: str) -> bool:
        """A session by what its user knows it by: the beginning of its hash, by which nobody acts."""
        found = (_table.c.user_id == user_id, func.substr(_table.c.token_hash, 1, ID_LENGTH) == id)
        return self._connection.execute(delete(_table).where(*found)).rowcount > 0

    def sweep(self, now: datetime) -> None:
        self._connection.execute(delete(_table).where(_table.c.expires_at <= now))
