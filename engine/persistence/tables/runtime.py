"""`ru_`: what runs now. When a root ends all its rows go but those of its instances."""

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, text

from engine.persistence.expressions import Beginning, Dated
from engine.persistence.tables.metadata import metadata
from engine.persistence.types import Moment, Structure


def _where_there_is(name: str, column: Column[Any], *more: Column[Any]) -> Index:
    """An index of the rows that have the first column at all: most do not, and cost nothing then."""
    there = text(f"{column.name} IS NOT NULL")
    return Index(name, column, *more, sqlite_where=there, postgresql_where=there)


process_instance = Table(
    "ru_process_instance",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("root_id", String(64), nullable=False, index=True),
    Column("definition_id", ForeignKey("re_process_definition.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("parent_id", String(64)),
    Column("parent_token", Integer),
    Column("business_key", Text),
    Column("conversation", Text),
    Column("started_at", Moment, nullable=False),
    Column("started_by", Text),
    Column("state", String(16), nullable=False),
    Column("ended_at", Moment),
    Column("end_reason", Text),
    Column("revision", Integer, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("event_count", Integer, nullable=False),
    # Each step changes a root's row: with room on its page PostgreSQL touches no index.
    postgresql_with={"fillfactor": 70},
)
Index(
    "ix_ru_process_instance_key",
    process_instance.c.key,
    process_instance.c.state,
    process_instance.c.started_at,
    process_instance.c.id,
)
_state, _started = process_instance.c.state, process_instance.c.started_at
Index("ix_ru_process_instance_definition_id", process_instance.c.definition_id, _state, _started)
Index("ix_ru_process_instance_state", _state, _started, process_instance.c.id)
Index("ix_ru_process_instance_started", process_instance.c.key, _started, process_instance.c.id)
Index("ix_ru_process_instance_started_at", _started, process_instance.c.id)
_where_there_is("ix_ru_process_instance_ended", process_instance.c.ended_at, process_instance.c.id)
_where_there_is("ix_ru_process_instance_parent_id", process_instance.c.parent_id)
_keyed = text("business_key IS NOT NULL")
Index(
    "ix_ru_process_instance_business_key",
    Beginning(process_instance.c.business_key),
    sqlite_where=_keyed,
    postgresql_where=_keyed,
)
_where_there_is("ix_ru_process_instance_conversation", process_instance.c.conversation)
Index("ix_ru_process_instance_started_by", process_instance.c.started_by, _started, process_instance.c.id)
Index("ix_ru_process_instance_reference", text("coalesce(business_key, '')"), process_instance.c.id)

scope = Table(
    "ru_scope",
    metadata,
    Column("root_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("instance_id", String(64), nullable=False),
    Column("parent", Integer),
    Column("token", Integer),
    sqlite_with_rowid=False,
)

variable = Table(
    "ru_variable",
    metadata,
    Column("root_id", String(64), primary_key=True),
    Column("scope", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

Index("ix_ru_variable_value", Beginning(variable.c.value), variable.c.name)

node = Table(
    "ru_node",
    metadata,
    Column("root_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("instance_id", String(64), nullable=False),
    Column("element_id", Text, nullable=False),
    Column("scope", Integer, nullable=False),
    Column("parent", Integer),
    Column("state", String(16), nullable=False),
    Column("data", Structure, nullable=False),
    sqlite_with_rowid=False,
)

Index("ix_ru_node_element_id", node.c.element_id, node.c.root_id)

user_task = Table(
    "ru_user_task",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("root_id", String(64), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("token", Integer, nullable=False),
    Column("instance_id", String(80), nullable=False),
    Column("element_id", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("name", Text),
    Column("kind", String(16), nullable=False),
    Column("assignee", Text),
    Column("owner", Text),
    Column("delegation", String(16)),
    Column("candidate_users", Structure, nullable=False),
    Column("candidate_groups", Structure, nullable=False),
    Column("lane", Text),
    Column("due_at", Moment),
    Column("follow_up_at", Moment),
    Column("priority", Integer, nullable=False),
    Column("form", Structure),
    Column("loop_counter", Integer),
    Column("apart", Structure),
    sqlite_with_rowid=False,
)
_where_there_is("ix_ru_user_task_assignee", user_task.c.assignee, user_task.c.created_at, user_task.c.id)
Index("ix_ru_user_task_created", user_task.c.created_at, user_task.c.id)
Index("ix_ru_user_task_dated", Dated(user_task.c.due_at), user_task.c.id)
Index("ix_ru_user_task_priority", user_task.c.priority.desc(), user_task.c.created_at.desc(), user_task.c.id)
Index("ix_ru_user_task_name", user_task.c.name)
_where_there_is("ix_ru_user_task_due", user_task.c.due_at, user_task.c.id)
_where_there_is("ix_ru_user_task_follow_up", user_task.c.follow_up_at, user_task.c.id)
_where_there_is("ix_ru_user_task_owner", user_task.c.owner)

task_candidate = Table(
    "ru_task_candidate",
    metadata,
    Column("task_id", ForeignKey("ru_user_task.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("value", Text, primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_ru_task_candidate_value", task_candidate.c.kind, task_candidate.c.value, task_candidate.c.task_id)

job = Table(
    "ru_job",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("root_id", String(64), index=True),
    Column("number", Integer),
    Column("token", Integer),
    Column("instance_id", String(80)),
    Column("definition_id", ForeignKey("re_process_definition.id", ondelete="CASCADE"), index=True),
    Column("element_id", Text),
    Column("kind", String(16), nullable=False),
    Column("topic", Text),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("retry_cycle", Text),
    Column("tries", Integer, nullable=False),
    Column("error", Text),
    Column("payload", Structure, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", Moment),
    sqlite_with_rowid=False,
)
_can_run = text("retries > 0")
Index("ix_ru_job_due", job.c.due_at, job.c.id, sqlite_where=_can_run, postgresql_where=_can_run)
_leased = text("lease_until IS NOT NULL")
Index("ix_ru_job_lease", job.c.lease_until, sqlite_where=_leased, postgresql_where=_leased)
Index("ix_ru_job_topic", job.c.topic, job.c.due_at)
Index("ix_ru_job_kind", job.c.kind, job.c.due_at, job.c.retries)

event_subscription = Table(
    "ru_event_subscription",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("root_id", String(64), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("token", Integer, nullable=False),
    Column("instance_id", String(80), nullable=False),
    Column("element_id", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("correlation", Structure, nullable=False),
    Column("created_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_ru_event_subscription_name", event_subscription.c.kind, event_subscription.c.name)

incident = Table(
    "ru_incident",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("root_id", String(64), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("token", Integer),
    Column("job", Integer),
    Column("instance_id", String(80), nullable=False),
    Column("element_id", Text, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("fix", Text, nullable=False),
    Column("expression", Text),
    sqlite_with_rowid=False,
)
Index("ix_ru_incident_cause", incident.c.code, incident.c.element_id)

idempotency = Table(
    "ru_idempotency",
    metadata,
    Column("actor", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("command", Text, nullable=False),
    Column("result", Structure),
    Column("at", Moment, nullable=False, index=True),
)
"""Answers to requests that carried a key: the same request sent twice is done once. Old ones go when new ones come."""
