"""Tokens at rest as rows: where one is, for who asks without moving the root."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import Connection, bindparam, select

from engine.persistence import tables
from engine.persistence.prepared import Prepared
from engine.runtime.records import TokenRecord

_table = tables.node
_tokens = select(*(_table.c[field.name] for field in fields(TokenRecord))).where(_table.c.root_id == bindparam("root"))
_one = Prepared(_tokens.where(_table.c.number == bindparam("this")))


class Tokens:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, root_id: str, number: int) -> TokenRecord | None:
        row = _one.first(self._connection, root=root_id, this=number)
        return TokenRecord(*row) if row else None

    def of_root(self, root_id: str) -> list[TokenRecord]:
        found = self._connection.execute(_tokens.order_by(_table.c.number), {"root": root_id})
        return [TokenRecord(*row) for row in found]
