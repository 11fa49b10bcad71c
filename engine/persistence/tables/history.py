"""`hi_`: what happened, append-only, numbered within the root. Nothing refers to it and it refers to nothing."""

from sqlalchemy import Column, Integer, String, Table, Text

from engine.persistence.tables.metadata import metadata
from engine.persistence.types import Moment, Structure

event = Table(
    "hi_event",
    metadata,
    Column("root_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("instance_id", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("element_id", Text),
    Column("token", Integer),
    Column("scope", Integer),
    Column("name", Text),
    Column("data", Structure),
    Column("value", Text),
    Column("actor", Text),
    sqlite_with_rowid=False,
)
