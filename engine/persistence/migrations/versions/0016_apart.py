"""A task may be for somebody else than those who did certain others."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.types import Structure

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("ru_user_task", sa.Column("apart", Structure()))
