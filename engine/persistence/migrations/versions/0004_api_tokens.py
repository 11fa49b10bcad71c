"""API tokens get an id to be revoked by, and the permissions they are narrowed to."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.types import Moment, Structure

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # Nothing could make a token before, so there is none to be kept.
    op.drop_index("ix_id_api_token_user_id", "id_api_token")
    op.drop_table("id_api_token")
    op.create_table(
        "id_api_token",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("permissions", Structure(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment()),
        sa.ForeignKeyConstraint(["user_id"], ["id_user.id"], name="fk_id_api_token_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_id_api_token"),
    )
    op.create_index("ix_id_api_token_token_hash", "id_api_token", ["token_hash"], unique=True)
    op.create_index("ix_id_api_token_user_id", "id_api_token", ["user_id"])
