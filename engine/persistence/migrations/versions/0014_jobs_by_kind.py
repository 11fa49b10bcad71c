"""Jobs are counted by kind: how many wait, are due, are late, have no tries left."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_index("ix_ru_job_kind", "ru_job", ["kind", "due_at", "retries"])
