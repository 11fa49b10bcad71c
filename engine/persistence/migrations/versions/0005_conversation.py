"""The tables of comments, mentions, attachments, drafts and kept lists; tasks are found by their dates."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.types import Moment, Structure

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "hi_comment",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("root_id", sa.String(length=64), nullable=False),
        sa.Column("instance_id", sa.String(length=80), nullable=False),
        sa.Column("task_id", sa.String(length=80), nullable=False),
        sa.Column("task_name", sa.Text()),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hi_comment"),
    )
    op.create_index("ix_hi_comment_root_id", "hi_comment", ["root_id", "id"])
    op.create_table(
        "hi_mention",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("task_id", sa.String(length=80), nullable=False),
        sa.Column("comment_id", sa.String(length=64), nullable=False),
        sa.Column("root_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "task_id", "comment_id", name="pk_hi_mention"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hi_mention_root_id", "hi_mention", ["root_id"])
    op.create_table(
        "hi_attachment",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("root_id", sa.String(length=64), nullable=False),
        sa.Column("instance_id", sa.String(length=80), nullable=False),
        sa.Column("task_id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hi_attachment"),
    )
    op.create_index("ix_hi_attachment_root_id", "hi_attachment", ["root_id", "id"])
    op.create_table(
        "ru_draft",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("fields", Structure(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["id_user.id"], name="fk_ru_draft_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "subject", name="pk_ru_draft"),
    )
    op.create_table(
        "id_task_filter",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text()),
        sa.ForeignKeyConstraint(["user_id"], ["id_user.id"], name="fk_id_task_filter_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["group_id"], ["id_group.id"], name="fk_id_task_filter_group_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_id_task_filter"),
    )
    op.create_index("ix_id_task_filter_user_id", "id_task_filter", ["user_id"])
    op.create_index("ix_id_task_filter_group_id", "id_task_filter", ["group_id"])
    op.create_index("ix_ru_user_task_due", "ru_user_task", ["due_at", "id"])
    op.create_index("ix_ru_user_task_owner", "ru_user_task", ["owner"])
