"""Who did tasks of an instance, as its history tells."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select

from engine.persistence.tables import event

# Whoever reported back on a task that was delegated has done it, too.
DONE = ("task-completed", "task-resolved")


def done_by(connection: Connection, root_id: str, instance_id: str, tasks: Collection[str], user: str) -> list[str]:
    """Which of these tasks (element ids) the user has done in the instance."""
    did = select(event.c.element_id).where(
        event.c.root_id == root_id,
        event.c.instance_id == instance_id,
        event.c.kind.in_(DONE),
        event.c.actor == user,
        event.c.element_id.in_(list(tasks)),
    )
    return [*dict.fromkeys(connection.scalars(did))]


def started(connection: Connection, root_id: str, user: str) -> bool:
    """Whether it was the user who started the case."""
    began = select(event.c.number).where(
        event.c.root_id == root_id,
        event.c.instance_id == root_id,
        event.c.kind == "instance-started",
        event.c.actor == user,
    )
    return connection.execute(began).first() is not None


def kept_from(
    connection: Connection, apart: dict[str, Any] | None, root_id: str, instance_id: str, user: str
) -> str | None:
    """What keeps a task from the user: the name of the task or start that they did; empty where the model names them.

    None: it is for them, too. `apart` is what the task's row says.
    """
    if not apart:
        return None
    if user in apart["users"]:
        return ""
    tasks: dict[str, str] = apart["tasks"]
    if did := done_by(connection, root_id, instance_id, tasks, user) if tasks else []:
        return tasks[did[0]]
    name: str | None = apart["start"]
    return name if name and started(connection, root_id, user) else None
