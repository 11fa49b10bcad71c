"""A task that is offered to nobody by name is offered to everybody: said in a row, so that it is found by an index."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute(
        "INSERT INTO ru_task_candidate (task_id, kind, value) SELECT id, 'all', '' FROM ru_user_task "
        "WHERE NOT EXISTS (SELECT 1 FROM ru_task_candidate WHERE ru_task_candidate.task_id = ru_user_task.id)"
    )
