"""Webhooks: who outside is told what happens."""

from __future__ import annotations

from typing import Any, Literal

from flask import Response
from pydantic import Field

from engine.commands.webhooks import CreateWebhook, DeleteWebhook, NewWebhook
from engine.queries.webhooks import WebhookList, WebhookView
from webapp.api.answers import answer, listed
from webapp.api.carry_out import carry_out, done
from webapp.api.schemas import DONE, Body, Id, Name, Paged, many
from webapp.api.schemas import made as new
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("webhooks", "Signed messages to an address of yours (Standard Webhooks), tried again for hours.")

Kind = Literal[
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
]


class WantedWebhook(Body):
    url: Name = Field(examples=["https://example.org/hooks/procession"])
    kinds: list[Kind] = Field(default_factory=list, max_length=50, description="Of history; none: all.")


@subject.post(
    "/webhooks",
    new(NewWebhook, example={"id": "0198f3c2a1b7d4e5f60718293a4b5c6d", "secret": "whsec_..."}),
    needs="administer",
)
def create(body: WantedWebhook) -> Response:
    """Tell an address what happens. Its secret is shown this once; sent again with its key, it is not"""
    told: list[str] = []

    def kept(made: NewWebhook) -> dict[str, Any]:
        told.append(made.secret)
        return {"id": made.id}

    result = carry_out(CreateWebhook(body.url, tuple(body.kinds)), kept)
    return answer({**result, "secret": told[-1] if told else ""}, 201)


@subject.get("/webhooks", many(WebhookView), needs="administer")
def list_all(query: Paged) -> Response:
    """Whom is told what; never the secrets"""
    return listed(ask(WebhookList(query.limit, query.after)))


@subject.delete("/webhooks/<id>", DONE, needs="administer")
def delete(path: Id) -> Response:
    """Tell it nothing any more"""
    return done(DeleteWebhook(path.id))
