"""The tables: `re_` what was deployed, `ru_` what runs, `hi_` what happened, `id_` who may do what."""

from engine.persistence.tables.aside import batch, batch_item, upload
from engine.persistence.tables.conversation import attachment, comment, draft, mention, task_filter
from engine.persistence.tables.history import act, act_head, event
from engine.persistence.tables.identity import grant, group, membership, session, token, user
from engine.persistence.tables.metadata import metadata
from engine.persistence.tables.outside import webhook
from engine.persistence.tables.repository import (
    binding,
    deployment,
    form,
    process_definition,
    resource,
    revision,
    start_event,
    starter,
)
from engine.persistence.tables.runtime import (
    event_subscription,
    idempotency,
    incident,
    job,
    node,
    process_instance,
    scope,
    task_candidate,
    user_task,
    variable,
)

__all__ = [
    "act",
    "act_head",
    "attachment",
    "batch",
    "batch_item",
    "binding",
    "comment",
    "deployment",
    "draft",
    "event",
    "event_subscription",
    "form",
    "grant",
    "group",
    "idempotency",
    "incident",
    "job",
    "membership",
    "mention",
    "metadata",
    "node",
    "process_definition",
    "process_instance",
    "resource",
    "revision",
    "scope",
    "session",
    "start_event",
    "starter",
    "task_candidate",
    "task_filter",
    "token",
    "upload",
    "user",
    "user_task",
    "variable",
    "webhook",
]
