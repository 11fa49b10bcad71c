"""The tables of what runs, and of what happened."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.types import Moment, Structure

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "hi_event",
        sa.Column("root_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("instance_id", sa.String(length=80), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("element_id", sa.Text()),
        sa.Column("token", sa.Integer()),
        sa.Column("scope", sa.Integer()),
        sa.Column("name", sa.Text()),
        sa.Column("data", Structure()),
        sa.Column("value", sa.Text()),
        sa.Column("actor", sa.Text()),
        sa.PrimaryKeyConstraint("root_id", "number", name="pk_hi_event"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ru_event_subscription",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("root_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.String(length=80), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("correlation", Structure(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ru_event_subscription"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ru_event_subscription_name", "ru_event_subscription", ["kind", "name"])
    op.create_index("ix_ru_event_subscription_root_id", "ru_event_subscription", ["root_id"])
    op.create_table(
        "ru_idempotency",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("result", Structure()),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name="pk_ru_idempotency"),
    )
    op.create_index("ix_ru_idempotency_at", "ru_idempotency", ["at"])
    op.create_table(
        "ru_incident",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("root_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer()),
        sa.Column("job", sa.Integer()),
        sa.Column("instance_id", sa.String(length=80), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=False),
        sa.Column("expression", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_ru_incident"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ru_incident_created_at", "ru_incident", ["created_at"])
    op.create_index("ix_ru_incident_root_id", "ru_incident", ["root_id"])
    op.create_table(
        "ru_node",
        sa.Column("root_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("instance_id", sa.String(length=64), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer()),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("data", Structure(), nullable=False),
        sa.PrimaryKeyConstraint("root_id", "number", name="pk_ru_node"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ru_scope",
        sa.Column("root_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("instance_id", sa.String(length=64), nullable=False),
        sa.Column("parent", sa.Integer()),
        sa.Column("token", sa.Integer()),
        sa.PrimaryKeyConstraint("root_id", "number", name="pk_ru_scope"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ru_user_task",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("root_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.String(length=80), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("assignee", sa.Text()),
        sa.Column("owner", sa.Text()),
        sa.Column("delegation", sa.String(length=16)),
        sa.Column("candidate_users", Structure(), nullable=False),
        sa.Column("candidate_groups", Structure(), nullable=False),
        sa.Column("lane", sa.Text()),
        sa.Column("due_at", Moment()),
        sa.Column("follow_up_at", Moment()),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("form", Structure()),
        sa.Column("loop_counter", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_ru_user_task"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ru_user_task_assignee", "ru_user_task", ["assignee", "created_at", "id"])
    op.create_index("ix_ru_user_task_created", "ru_user_task", ["created_at", "id"])
    op.create_index("ix_ru_user_task_root_id", "ru_user_task", ["root_id"])
    op.create_table(
        "ru_variable",
        sa.Column("root_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("root_id", "scope", "name", name="pk_ru_variable"),
    )
    op.create_table(
        "ru_task_candidate",
        sa.Column("task_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["ru_user_task.id"], name="fk_ru_task_candidate_task_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_id", "kind", "value", name="pk_ru_task_candidate"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ru_task_candidate_value", "ru_task_candidate", ["kind", "value", "task_id"])
    op.create_table(
        "ru_job",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("root_id", sa.String(length=64)),
        sa.Column("number", sa.Integer()),
        sa.Column("token", sa.Integer()),
        sa.Column("instance_id", sa.String(length=80)),
        sa.Column("definition_id", sa.String(length=64)),
        sa.Column("element_id", sa.Text()),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("topic", sa.Text()),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("retry_cycle", sa.Text()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("payload", Structure(), nullable=False),
        sa.Column("lease_owner", sa.Text()),
        sa.Column("lease_until", Moment()),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["re_process_definition.id"], name="fk_ru_job_definition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ru_job"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ru_job_definition_id", "ru_job", ["definition_id"])
    op.create_index(
        "ix_ru_job_due",
        "ru_job",
        ["due_at", "id"],
        sqlite_where=sa.text("retries > 0"),
        postgresql_where=sa.text("retries > 0"),
    )
    op.create_index(
        "ix_ru_job_lease",
        "ru_job",
        ["lease_until"],
        sqlite_where=sa.text("lease_until IS NOT NULL"),
        postgresql_where=sa.text("lease_until IS NOT NULL"),
    )
    op.create_index("ix_ru_job_root_id", "ru_job", ["root_id"])
    op.create_index("ix_ru_job_topic", "ru_job", ["topic", "due_at"])
    op.create_table(
        "ru_process_instance",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("root_id", sa.String(length=64), nullable=False),
        sa.Column("definition_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.String(length=64)),
        sa.Column("parent_token", sa.Integer()),
        sa.Column("business_key", sa.Text()),
        sa.Column("conversation", sa.Text()),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("started_by", sa.Text()),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ended_at", Moment()),
        sa.Column("end_reason", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["re_process_definition.id"], name="fk_ru_process_instance_definition_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ru_process_instance"),
        postgresql_with={"fillfactor": 70},
    )
    op.create_index("ix_ru_process_instance_business_key", "ru_process_instance", ["business_key"])
    op.create_index("ix_ru_process_instance_conversation", "ru_process_instance", ["conversation"])
    op.create_index("ix_ru_process_instance_definition_id", "ru_process_instance", ["definition_id"])
    op.create_index("ix_ru_process_instance_key", "ru_process_instance", ["key", "state", "started_at", "id"])
    op.create_index("ix_ru_process_instance_root_id", "ru_process_instance", ["root_id"])
    op.create_index("ix_ru_process_instance_started_at", "ru_process_instance", ["started_at"])
