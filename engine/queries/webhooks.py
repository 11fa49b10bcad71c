"""Webhooks, without their secrets; and for the runner the message that a job sends."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, select

from engine.identity import Actor
from engine.persistence.tables import job, webhook
from engine.queries.page import Key, Page, paged
from engine.services import ServiceCall


@dataclass(frozen=True, slots=True)
class WebhookView:
    """Whom is told what; no kinds: all."""

    id: str
    url: str
    kinds: tuple[str, ...]
    created_at: datetime
    created_by: str | None


@dataclass(frozen=True, slots=True)
class WebhookList:
    """The newest first."""

    permission: ClassVar[str] = "administer"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[WebhookView]:
        keys = (Key(webhook.c.created_at, descending=True), Key(webhook.c.id))
        return paged(connection, select(webhook), keys, self.limit, self.after, _view)


@dataclass(frozen=True, slots=True)
class WebhookCallOf:
    """The message of a job, signed with the secret of now; None if `owner` has it no longer, or nobody wants it."""

    permission: ClassVar[str] = "administer"
    job_id: str
    owner: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> ServiceCall | None:
        row = connection.execute(
            select(job.c.id, job.c.payload, webhook.c.url, webhook.c.secret)
            .join(webhook, webhook.c.id == job.c.topic)
            .where(job.c.id == self.job_id, job.c.lease_owner == self.owner)
        ).first()
        if row is None:
            return None
        said = {**row.payload, "timestamp": row.payload["timestamp"].isoformat().replace("+00:00", "Z")}
        options = {"secret": row.secret, "body": json.dumps(said), "timestamp": int(now.timestamp())}
        return ServiceCall(row.id, "webhook", row.url, {}, options)


def _view(row: Row[Any]) -> WebhookView:
    return WebhookView(row.id, row.url, tuple(row.kinds), row.created_at, row.created_by)
