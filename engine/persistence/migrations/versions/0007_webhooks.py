"""The table of who is told what happens."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.types import Moment, Structure

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "re_webhook",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("kinds", Structure(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_re_webhook"),
    )
