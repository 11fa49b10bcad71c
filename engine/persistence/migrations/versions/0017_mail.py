"""Who wants to be told by mail, and of what."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    for name in ("mail_mentions", "mail_tasks"):
        op.add_column("id_user", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
