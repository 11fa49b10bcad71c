"""`hi_`: what happened, append-only: in instances, numbered within the root; and what was done to the installation."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

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

act = Table(
    "hi_act",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text),
    Column("act", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("data", Structure, nullable=False),
)
Index("ix_hi_act_number", act.c.number, unique=True)
Index("ix_hi_act_subject", act.c.subject, act.c.number)

# One row: where the chain of acts ends. Who writes an act holds it.
act_head = Table(
    "hi_act_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
)
