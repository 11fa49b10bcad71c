"""Holding what lies under no root, such as a user, until the transaction ends: who else wants it waits."""

from __future__ import annotations

from sqlalchemy import Connection, text

_lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


def hold(connection: Connection, name: str) -> None:
    """Hold this name. SQLite has one writer at a time, who holds everything."""
    if connection.dialect.name == "postgresql":
        connection.execute(_lock, {"name": name})
