"""Answers kept for a week by the key a request carried, so that a request sent twice is done once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert

from engine.persistence import rows, tables

_table = tables.idempotency
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the command `command` gave when `actor` (empty: the engine) sent it under `key`."""

    actor: str
    key: str
    command: str
    result: Any
    at: datetime


_answers = rows.read(_table, Answer)


class Idempotency:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, actor: str | None, key: str) -> Answer | None:
        row = self._connection.execute(_answers.where(_table.c.actor == (actor or ""), _table.c.key == key)).first()
        return Answer(*row) if row else None

    def add(self, answer: Answer) -> None:
        """Keep the answer; of two transactions with the same request one loses and tries again."""
        self._connection.execute(delete(_table).where(_table.c.at < answer.at - KEPT))
        self._connection.execute(insert(_table), rows.as_columns(answer))
