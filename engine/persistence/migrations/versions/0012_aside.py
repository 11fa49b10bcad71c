"""Uploads and long work are kept in the database: every server sees them, and no restart loses them."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.types import Moment, Structure

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "ru_upload",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["id_user.id"], name="fk_ru_upload_user_id_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_ru_upload"),
    )
    op.create_index("ix_ru_upload_at", "ru_upload", ["at"])
    op.create_index("ix_ru_upload_user_id", "ru_upload", ["user_id", "at"])
    op.create_table(
        "ru_batch",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("back", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment()),
        sa.Column("lease_owner", sa.String(length=80)),
        sa.Column("lease_until", Moment()),
        sa.ForeignKeyConstraint(["user_id"], ["id_user.id"], name="fk_ru_batch_user_id_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_ru_batch"),
    )
    op.create_index("ix_ru_batch_user_id", "ru_batch", ["user_id"])
    op.create_index("ix_ru_batch_ended_at", "ru_batch", ["ended_at", "lease_until"])
    op.create_table(
        "ru_batch_item",
        sa.Column("batch_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("thing", Structure(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("result", Structure()),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["ru_batch.id"], name="fk_ru_batch_item_batch_id_ru_batch", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch_id", "number", name="pk_ru_batch_item"),
        sqlite_with_rowid=False,
    )
