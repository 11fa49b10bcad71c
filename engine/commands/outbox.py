"""What concerns another instance: a job in this transaction that runs as its own command."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from engine.persistence.ids import new_id
from engine.persistence.jobs import Job

if TYPE_CHECKING:
    from engine.commands.messages import Message
    from engine.persistence.definitions import StartEvent
    from engine.persistence.subscriptions import Subscription
    from engine.unitofwork import UnitOfWork

Kind = Literal["message", "signal"]


def leave_to_subscription(uow: UnitOfWork, kind: Kind, to: Subscription, variables: Mapping[str, Any]) -> None:
    """Deliver to that subscription, if it is still there then."""
    payload = {"name": to.name, "variables": dict(variables), "subscription": to.id}
    _leave(uow, kind, to.name, payload, element_id=to.element_id)


def leave_to_start(
    uow: UnitOfWork,
    kind: Kind,
    event: StartEvent,
    variables: Mapping[str, Any],
    business_key: str | None = None,
    conversation: str | None = None,
) -> None:
    """Start an instance at that start event."""
    payload = {
        "name": event.name,
        "variables": dict(variables),
        "start": event.element_id,
        "business_key": business_key,
        "conversation": conversation,
    }
    _leave(uow, kind, event.name, payload, definition_id=event.definition_id, element_id=event.element_id)


def leave_message(uow: UnitOfWork, message: Message, until: datetime) -> None:
    """Deliver to whoever waits for it, now or until then."""
    payload = {
        "name": message.name,
        "variables": dict(message.variables),
        "key": message.key,
        "business_key": message.business_key,
        "conversation": message.conversation,
        "correlation": dict(message.correlation),
        "until": until,
    }
    _leave(uow, "message", message.name, payload)


def _leave(uow: UnitOfWork, kind: Kind, topic: str | None, payload: dict[str, Any], **where: Any) -> None:
    payload["chain"] = uow.chain.kept()
    uow.jobs.add(
        Job(id=new_id(uow.now), kind=kind, created_at=uow.now, due_at=uow.now, topic=topic, payload=payload, **where)
    )
