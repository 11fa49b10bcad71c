"""A mention is news until its person has read it; those from before are no news."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.types import Moment

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("hi_mention", sa.Column("read_at", Moment()))
    said = "SELECT at FROM hi_comment WHERE hi_comment.id = hi_mention.comment_id"
    op.execute(f"UPDATE hi_mention SET read_at = ({said})")
    unread = sa.text("read_at IS NULL")
    op.create_index("ix_hi_mention_unread", "hi_mention", ["user_id"], sqlite_where=unread, postgresql_where=unread)
