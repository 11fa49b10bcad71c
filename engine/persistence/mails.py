"""Whom mail tells that a task is theirs or that they were mentioned, and the jobs that write to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.persistence.ids import new_id
from engine.persistence.jobs import Job
from engine.persistence.tables import user
from engine.persistence.webhooks import TRIES
from engine.runtime.records import EventRecord

GIVEN = frozenset({"task-opened", "task-assigned", "task-delegated"})
WISHES = {"mention": user.c.mail_mentions, "task": user.c.mail_tasks}


def to_be_written(
    connection: Connection, root_id: str, events: Iterable[EventRecord]
) -> list[tuple[str, dict[str, Any]]]:
    """Each person with what they are written. Where nobody is named, nobody is looked up."""
    named = [(name, _message(root_id, event, about)) for event in events for name, about in _named(event)]
    if not named:
        return []
    found = {}
    for about, wish in WISHES.items():
        names = [name for name, message in named if message["about"] == about]
        wishing = select(user.c.id).where(user.c.id.in_(names), user.c.active, user.c.email.is_not(None), wish)
        found[about] = set(connection.scalars(wishing)) if names else set()
    return [(name, message) for name, message in named if name in found[message["about"]]]


def writing(name: str, message: dict[str, Any], now: datetime) -> Job:
    """The job that writes to the person, in the transaction that makes it true."""
    return Job(
        id=new_id(now),
        kind="mail",
        created_at=now,
        due_at=now,
        instance_id=message["instance_id"],
        element_id=message["element_id"],
        topic=name,
        retries=TRIES,
        payload=message,
    )


def _named(event: EventRecord) -> list[tuple[str, str]]:
    """Whom the event concerns but who did it: what one does oneself, one knows."""
    data = event.data or {}
    if event.kind in GIVEN and data.get("assignee"):
        named = [(str(data["assignee"]), "task")]
    elif event.kind == "task-commented":
        named = [(str(name), "mention") for name in data.get("mentioned", ())]
    else:
        named = []
    return [(name, about) for name, about in named if name != event.actor]


def _message(root_id: str, event: EventRecord, about: str) -> dict[str, Any]:
    """What it is about, to be looked up when it is written: no variables, and not what was said."""
    return {
        "about": about,
        "task_id": f"{root_id}-{(event.data or {}).get('number')}",
        "instance_id": event.instance_id,
        "element_id": event.element_id,
        "actor": event.actor,
    }
