"""Messages and signals from outside, and who waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from flask import Response
from pydantic import Field

from engine.commands import BroadcastSignal, CorrelateMessage, TriggerSubscription
from engine.queries import SubscriptionList
from engine.queries.waits import SubscriptionRow
from webapp.api import story
from webapp.api.answers import answer, listed
from webapp.api.carry_out import carry_out, done
from webapp.api.schemas import DONE, Body, Id, Name, Paged, Seconds, Text, Variables, example, many, one
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("messages", "Messages go to one that waits, signals to everybody who waits.")


class Message(Body):
    """Exactly one token that waits takes it, else exactly one start event; see `all` and `keep_seconds`."""

    model_config = example(name="payment-received", business_key=story.NUMBER, variables={"paid": True})

    name: Name
    variables: Variables = Field(default_factory=dict)
    key: Text | None = Field(None, description="The value of the receiver's correlation key.")
    business_key: Text | None = None
    correlation: Variables = Field(default_factory=dict, description="Variables that the receiver must have.")
    instance_id: Text | None = None
    all: bool = Field(False, description="Everybody it fits gets it, each as a job of its own.")
    keep_seconds: Seconds | None = Field(None, description="Kept that long for somebody who will wait for it.")


class Signal(Body):
    model_config = example(name="prices-changed")

    name: Name
    variables: Variables = Field(default_factory=dict)


class Arrived(Body):
    model_config = example(variables={"paid": True})

    variables: Variables = Field(default_factory=dict)


class Waiting(Paged):
    instance_id: Text | None = None
    kind: Literal["message", "signal"] | None = None
    name: Text | None = None
    sort: Literal["oldest", "newest", "name"] = "oldest"


@dataclass(frozen=True, slots=True)
class Correlated:
    """The instance that took it or was started; empty where jobs deliver it, or where it is kept."""

    instances: tuple[str, ...]


WAITS = SubscriptionRow(
    id=f"{story.INSTANCE}-8",
    root_id=story.INSTANCE,
    instance_id=story.INSTANCE,
    element_id="payment_received",
    kind="message",
    name="payment-received",
    correlation={"number": story.NUMBER},
    created_at=story.BEGAN,
)


@subject.post("/messages", one(Correlated((story.INSTANCE,))), needs="start")
def correlate(body: Message) -> Response:
    """Send a message"""
    said = body.model_dump(exclude={"keep_seconds"})
    keep = timedelta(seconds=body.keep_seconds) if body.keep_seconds is not None else None
    return answer(carry_out(CorrelateMessage(**said, keep=keep), _instances))


@subject.post("/signals", DONE, needs="start")
def broadcast(body: Signal) -> Response:
    """Send a signal"""
    return done(BroadcastSignal(body.name, body.variables))


@subject.get("/subscriptions", many(WAITS), needs="operate")
def list_all(query: Waiting) -> Response:
    """Who waits for messages and signals, the oldest first"""
    return listed(ask(SubscriptionList(**query.model_dump())))


@subject.post("/subscriptions/<id>/trigger", DONE, needs="operate")
def trigger(path: Id, body: Arrived) -> Response:
    """Let it have come for this one and for no other"""
    return done(TriggerSubscription(path.id, body.variables))


def _instances(ids: list[str]) -> dict[str, Any]:
    return {"instances": list(ids)}
