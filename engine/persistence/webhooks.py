"""Webhooks: addresses that are told what happens, and the jobs that tell them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from engine.persistence import rows, tables
from engine.persistence.ids import new_id
from engine.persistence.jobs import Job
from engine.runtime.records import EventRecord

_table = tables.webhook

TRIES = 12
"""With growing pauses these take some hours."""

TOLD = frozenset(
    {
        "incident-opened",
        "instance-ended",
        "instance-started",
        "job-failed",
        "message-undelivered",
        "task-assigned",
        "task-cancelled",
        "task-claimed",
        "task-completed",
        "task-opened",
        "task-unclaimed",
    }
)
"""The kinds of history events that may be told outside."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """`kinds` are of TOLD; none: all of them. `secret`: the newest, behind a space the one before while both sign."""

    id: str
    url: str
    secret: str = field(repr=False)
    kinds: list[str]
    created_at: datetime
    created_by: str | None


_webhooks = rows.read(_table, Webhook)


class Webhooks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, webhook: Webhook) -> None:
        self._connection.execute(insert(_table), rows.as_columns(webhook))

    def get(self, webhook_id: str) -> Webhook | None:
        row = self._connection.execute(_webhooks.where(_table.c.id == webhook_id)).first()
        return Webhook(*row) if row else None

    def change(self, webhook_id: str, **changes: Any) -> bool:
        rows.refuse_unknown(_table, changes)
        return self._connection.execute(update(_table).where(_table.c.id == webhook_id).values(**changes)).rowcount > 0

    def delete(self, webhook_id: str) -> bool:
        return self._connection.execute(delete(_table).where(_table.c.id == webhook_id)).rowcount > 0

    def to_be_told(self, root_id: str, events: Iterable[EventRecord]) -> list[tuple[Webhook, dict[str, Any]]]:
        """Each message with whom it goes to. Where nothing is told outside, not even the table is looked at."""
        told = [event for event in events if event.kind in TOLD]
        if not told:
            return []
        listening = [Webhook(*row) for row in self._connection.execute(_webhooks.order_by(_table.c.id))]
        return [
            (webhook, _message(root_id, event))
            for event in told
            for webhook in listening
            if not webhook.kinds or event.kind in webhook.kinds
        ]


def telling(webhook: Webhook, message: dict[str, Any], now: datetime) -> Job:
    """The job that sends a message outside, in the transaction that makes it true."""
    return Job(
        id=new_id(now),
        kind="webhook",
        created_at=now,
        due_at=now,
        instance_id=message["data"]["instance_id"],
        element_id=message["data"]["element_id"],
        topic=webhook.id,
        retries=TRIES,
        payload=message,
    )


def _message(root_id: str, event: EventRecord) -> dict[str, Any]:
    """What happened and where, to be looked up: no variables, which the receiver may not be meant to see."""
    number = (event.data or {}).get("number")
    about: dict[str, Any] = {
        "instance_id": event.instance_id,
        "root_id": root_id,
        "element_id": event.element_id,
        "actor": event.actor,
        "event": event.number,
    }
    if event.kind.startswith("task-") and number is not None:
        about["task_id"] = f"{root_id}-{number}"
    return {"type": event.kind.replace("-", ".", 1), "timestamp": event.at, "data": about}
