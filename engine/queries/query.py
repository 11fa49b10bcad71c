"""A query is a question with its permission: frozen rows out, nothing written."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Protocol, TypeVar

from sqlalchemy import Connection

from engine.identity import Actor

Answer = TypeVar("Answer", covariant=True)


class Query(Protocol[Answer]):
    """`read` is what everybody signed in may; a query shows each actor only what concerns them."""

    permission: ClassVar[str]

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Answer: ...
