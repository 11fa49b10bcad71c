"""Webhooks: who outside is told what happens."""

from __future__ import annotations

from typing import Any, Literal

from flask import Response
from pydantic import Field

from engine.commands import CreateWebhook, DeleteWebhook, DropOldWebhookSecret, RenewWebhookSecret, SetWebhook
from engine.commands.requested import Sent
from engine.commands.webhooks import NewWebhook
from engine.queries.webhooks import WebhookDetail, WebhookList, WebhookView
from webapp.api import story
from webapp.api.answers import answer, listed, versioned
from webapp.api.carry_out import carry_out, done
from webapp.api.schemas import DONE, Body, Id, Name, Paged, Text, example, many, one
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
    model_config = example(url="https://example.org/hooks/procession", kinds=["task-opened", "incident-opened"])

    url: Name
    kinds: list[Kind] = Field(default_factory=list, max_length=50, description="Of history; none: all.")


class ChangedWebhook(Body):
    """What is given is changed."""

    model_config = example(kinds=["incident-opened"])

    url: Name | None = None
    kinds: list[Kind] | None = Field(None, max_length=50, description="An empty list: all.")


class Wanted(Paged):
    search: Text = Field("", description="In their addresses.")
    created_by: Text | None = None
    sort: Literal["newest", "oldest", "url"] = "newest"


SECRET = NewWebhook(story.OTHER, "whsec_...")
WEBHOOK = WebhookView(
    story.OTHER, "https://example.org/hooks/procession", ("task-opened", "incident-opened"), story.BEGAN, "otto", 1
)


@subject.post(
    "/webhooks",
    new(SECRET),
    needs="administer",
)
def create(body: WantedWebhook) -> Response:
    """Tell an address what happens. Its secret is shown this once; sent again with its key, it is not"""
    return _told(CreateWebhook(body.url, tuple(body.kinds)), 201)


@subject.get("/webhooks", many(WEBHOOK), needs="administer")
def list_all(query: Wanted) -> Response:
    """Whom is told what; never the secrets"""
    return listed(ask(WebhookList(**query.model_dump())))


@subject.get("/webhooks/<id>", one(WEBHOOK, versioned=True), needs="administer")
def get(path: Id) -> Response:
    """One webhook; never its secret"""
    return versioned(ask(WebhookDetail(path.id)))


@subject.patch("/webhooks/<id>", DONE, needs="administer", versioned=True)
def change(path: Id, body: ChangedWebhook) -> Response:
    """Change where it is told, or of what"""
    kinds = tuple(body.kinds) if body.kinds is not None else None
    return done(SetWebhook(path.id, body.url, kinds), question=WebhookDetail(path.id))


@subject.delete("/webhooks/<id>", DONE, needs="administer", versioned=True)
def delete(path: Id) -> Response:
    """Tell it nothing any more"""
    return done(DeleteWebhook(path.id), question=WebhookDetail(path.id))


@subject.post("/webhooks/<id>/secret", one(SECRET), needs="administer", versioned=True)
def renew_secret(path: Id) -> Response:
    """Give it another secret, shown this once. Messages are signed with both until the old one is dropped"""
    return _told(RenewWebhookSecret(path.id), 200, question=WebhookDetail(path.id))


@subject.delete("/webhooks/<id>/secret/old", DONE, needs="administer", versioned=True)
def drop_old_secret(path: Id) -> Response:
    """Sign with the newest secret alone"""
    return done(DropOldWebhookSecret(path.id), question=WebhookDetail(path.id))


def _told(command: Sent, status: int, question: WebhookDetail | None = None) -> Response:
    told: list[str] = []

    def kept(made: NewWebhook) -> dict[str, Any]:
        told.append(made.secret)
        return {"id": made.id}

    result = carry_out(command, kept, question=question)
    return answer({**result, "secret": told[-1] if told else ""}, status)
