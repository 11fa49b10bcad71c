"""How many rows of a list a person wants on one page."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("id_user", sa.Column("page_size", sa.Integer()))
