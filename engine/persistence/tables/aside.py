"""What waits beside the processes: files between upload and deployment, and long work with what it came to."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from engine.persistence.tables.metadata import metadata
from engine.persistence.types import Moment, Structure

upload = Table(
    "ru_upload",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("user_id", ForeignKey("id_user.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
)
Index("ix_ru_upload_user_id", upload.c.user_id, upload.c.at)

batch = Table(
    "ru_batch",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("user_id", ForeignKey("id_user.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("act", String(32), nullable=False),
    Column("back", Text, nullable=False),
    Column("total", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("lease_owner", String(80)),
    Column("lease_until", Moment),
)
Index("ix_ru_batch_ended_at", batch.c.ended_at, batch.c.lease_until)

batch_item = Table(
    "ru_batch_item",
    metadata,
    Column("batch_id", ForeignKey("ru_batch.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("thing", Structure, nullable=False),
    Column("state", String(8), nullable=False),
    Column("result", Structure),
    Column("reason", Text),
    sqlite_with_rowid=False,
)
"""`state`: open, done, or refused for the `reason`."""
