"""The tables of users, groups and sessions."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.types import Moment, Structure

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "id_group",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("permissions", Structure(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_id_group"),
    )
    op.create_table(
        "id_user",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("email", sa.Text()),
        sa.Column("password", sa.Text()),
        sa.Column("permissions", Structure(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_id_user"),
    )
    op.create_table(
        "id_api_token",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment()),
        sa.ForeignKeyConstraint(["user_id"], ["id_user.id"], name="fk_id_api_token_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_id_api_token"),
    )
    op.create_index("ix_id_api_token_user_id", "id_api_token", ["user_id"])
    op.create_table(
        "id_membership",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["id_group.id"], name="fk_id_membership_group_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["id_user.id"], name="fk_id_membership_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "group_id", name="pk_id_membership"),
    )
    op.create_index("ix_id_membership_group_id", "id_membership", ["group_id"])
    op.create_table(
        "id_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("data", Structure(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["id_user.id"], name="fk_id_session_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_id_session"),
    )
    op.create_index("ix_id_session_expires_at", "id_session", ["expires_at"])
    op.create_index("ix_id_session_user_id", "id_session", ["user_id"])
