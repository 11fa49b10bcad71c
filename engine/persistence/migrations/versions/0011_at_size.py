"""Indexes for lists of a hundred thousand: by how a value begins, by date and by priority; none without a value."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.persistence.expressions import Beginning, Dated

revision = "0011"
down_revision = "0010"

# Indexes of rows that have the first column at all.
WHERE_THERE_IS: dict[str, tuple[str, list[str]]] = {
    "ix_ru_process_instance_ended": ("ru_process_instance", ["ended_at", "id"]),
    "ix_ru_process_instance_parent_id": ("ru_process_instance", ["parent_id"]),
    "ix_ru_process_instance_conversation": ("ru_process_instance", ["conversation"]),
    "ix_ru_user_task_assignee": ("ru_user_task", ["assignee", "created_at", "id"]),
    "ix_ru_user_task_due": ("ru_user_task", ["due_at", "id"]),
    "ix_ru_user_task_follow_up": ("ru_user_task", ["follow_up_at", "id"]),
    "ix_ru_user_task_owner": ("ru_user_task", ["owner"]),
}
NEW = {"ix_ru_user_task_follow_up"}


def upgrade() -> None:
    for name, (table, columns) in WHERE_THERE_IS.items():
        if name not in NEW:
            op.drop_index(name, table)
        there = sa.text(f"{columns[0]} IS NOT NULL")
        op.create_index(name, table, columns, sqlite_where=there, postgresql_where=there)
    op.drop_index("ix_ru_process_instance_started_at", "ru_process_instance")
    op.create_index("ix_ru_process_instance_started_at", "ru_process_instance", ["started_at", "id"])
    value: sa.ColumnClause[str] = sa.column("value", sa.Text())
    due: sa.ColumnClause[Any] = sa.column("due_at")
    op.drop_index("ix_ru_process_instance_business_key", "ru_process_instance")
    business_key: sa.ColumnClause[str] = sa.column("business_key", sa.Text())
    keyed = sa.text("business_key IS NOT NULL")
    op.create_index(
        "ix_ru_process_instance_business_key",
        "ru_process_instance",
        [Beginning(business_key)],
        sqlite_where=keyed,
        postgresql_where=keyed,
    )
    _create("ix_ru_variable_value", "ru_variable", [Beginning(value), "name"])
    _create("ix_ru_user_task_dated", "ru_user_task", [Dated(due), "id"])
    _create("ix_ru_user_task_priority", "ru_user_task", [sa.text("priority DESC"), sa.text("created_at DESC"), "id"])
    _create("ix_ru_user_task_name", "ru_user_task", ["name"])


def _create(name: str, table: str, columns: Sequence[Any]) -> None:
    op.create_index(name, table, list(columns))
