"""What people say and leave beside a task: comments, mentions, attachments, drafts, and the lists they keep."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from engine.persistence.tables.metadata import metadata
from engine.persistence.types import Moment, Structure

comment = Table(
    "hi_comment",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("root_id", String(64), nullable=False),
    Column("instance_id", String(80), nullable=False),
    Column("task_id", String(80), nullable=False),
    Column("task_name", Text),
    Column("at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
)
Index("ix_hi_comment_root_id", comment.c.root_id, comment.c.id)

mention = Table(
    "hi_mention",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("task_id", String(80), primary_key=True),
    Column("comment_id", String(64), primary_key=True),
    Column("root_id", String(64), nullable=False, index=True),
    Column("read_at", Moment),
    sqlite_with_rowid=False,
)
_unread = mention.c.read_at.is_(None)
Index("ix_hi_mention_unread", mention.c.user_id, sqlite_where=_unread, postgresql_where=_unread)

attachment = Table(
    "hi_attachment",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("root_id", String(64), nullable=False),
    Column("instance_id", String(80), nullable=False),
    Column("task_id", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Column("author", Text, nullable=False),
)
Index("ix_hi_attachment_root_id", attachment.c.root_id, attachment.c.id)

draft = Table(
    "ru_draft",
    metadata,
    Column("user_id", ForeignKey("id_user.id", ondelete="CASCADE"), primary_key=True),
    Column("subject", String(100), primary_key=True),
    Column("fields", Structure, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What somebody typed into a form and has not sent. `subject` is the task's id, or `start:` and a definition's."""

task_filter = Table(
    "id_task_filter",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("user_id", ForeignKey("id_user.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("group_id", ForeignKey("id_group.id", ondelete="CASCADE"), index=True),
)
"""A list that somebody keeps under a name, and shares with a group. `address` is what stands behind the `?`."""
