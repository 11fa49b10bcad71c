"""Webhooks, without their secrets; and for the runner the message that a job sends."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, select

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.tables import job, webhook
from engine.queries.page import Key, Page, Sorts, keys_of, paged
from engine.services import ServiceCall

SORTS: Sorts = {
    "newest": (Key(webhook.c.created_at, descending=True), Key(webhook.c.id)),
    "oldest": (Key(webhook.c.created_at), Key(webhook.c.id)),
    "url": (Key(webhook.c.url), Key(webhook.c.id)),
}


@dataclass(frozen=True, slots=True)
class WebhookView:
    """Whom is told what; no kinds: all. `secrets`: how many sign; two while one is being replaced."""

    id: str
    url: str
    kinds: tuple[str, ...]
    created_at: datetime
    created_by: str | None
    secrets: int


@dataclass(frozen=True, slots=True)
class WebhookList:
    """The newest first. `search` is in their addresses."""

    permission: ClassVar[str] = "administer"
    search: str = ""
    created_by: str | None = None
    sort: str = "newest"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[WebhookView]:
        statement = select(webhook)
        if self.search.strip():
            statement = statement.where(webhook.c.url.icontains(self.search.strip(), autoescape=True))
        if self.created_by is not None:
            statement = statement.where(webhook.c.created_by == self.created_by)
        return paged(connection, statement, keys_of(SORTS, self.sort), self.limit, self.after, _view)


@dataclass(frozen=True, slots=True)
class WebhookDetail:
    """One webhook, without its secrets. Raises NotFound."""

    permission: ClassVar[str] = "administer"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> WebhookView:
        row = connection.execute(select(webhook).where(webhook.c.id == self.id)).one_or_none()
        if row is None:
            raise NotFound("There is no such webhook.")
        return _view(row)


@dataclass(frozen=True, slots=True)
class WebhookCallOf:
    """The message of a job, signed with the secrets of now; None if `owner` has it no longer, or nobody wants it."""

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
    return WebhookView(row.id, row.url, tuple(row.kinds), row.created_at, row.created_by, len(row.secret.split()))
