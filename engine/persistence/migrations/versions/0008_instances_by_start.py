"""The instances of one process in the order in which they were started, in whatever state."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_index("ix_ru_process_instance_started", "ru_process_instance", ["key", "started_at", "id"])
