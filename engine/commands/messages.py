"""Who takes a message: the tokens that wait for its name, and of them those that it is meant for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.persistence import LostRace
from engine.persistence.subscriptions import Subscription
from engine.queries.variables import scopes_of, visible_from

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class Message:
    """`key` is a correlation key as the model writes one; `correlation` are variables that the receiver must have."""

    name: str | None
    variables: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None
    business_key: str | None = None
    conversation: str | None = None
    instance_id: str | None = None
    correlation: Mapping[str, Any] = field(default_factory=dict)


def receivers(uow: UnitOfWork, message: Message) -> list[Subscription]:
    """The subscriptions that the message fits, the oldest first; those of its own conversation before all others.

    What both sides say must agree. Of a conversation that is under way only its own messages are taken, unless a
    correlation key says whom they are for.
    """
    waiting = uow.subscriptions.waiting_for("message", message.name)
    fitting = [each for each in waiting if _fits(uow, each, message)]
    own = [each for each in fitting if message.conversation and _conversation(each) == message.conversation]
    return own or fitting


def is_private(subscription: Subscription) -> bool:
    """Whether it waits for a signal of its own instance only (Flowable: scope processInstance)."""
    return bool(subscription.correlation.get("within_instance"))


def deliver(
    uow: UnitOfWork, subscription: Subscription, variables: Mapping[str, Any], local: Mapping[str, Any] | None = None
) -> None:
    """Let the waiting token take it. If it has gone meanwhile the command is repeated and finds another.

    `local`: variables that only the receiving element sees, such as its output mappings.
    """
    root = uow.root(subscription.root_id)
    if uow.subscriptions.get(subscription.id) is None:
        raise LostRace
    if local and uow.token_element(subscription.root_id, subscription.token) == subscription.element_id:
        root.set_variables(root.own_scope(subscription.token), dict(local), local=True)
    else:
        variables = {**variables, **(local or {})}
    root.trigger(subscription.token, subscription.number, dict(variables))


def _conversation(subscription: Subscription) -> str:
    return str(subscription.correlation.get("conversation") or subscription.root_id)


def _fits(uow: UnitOfWork, subscription: Subscription, message: Message) -> bool:
    own = subscription.correlation
    if message.instance_id is not None and message.instance_id not in (subscription.instance_id, subscription.root_id):
        return False
    if "key" in own or message.key is not None:
        # A key on one side only: the waiting token asks for one, or the message is for tokens that have one.
        return bool(own.get("key") == _key(message))
    if message.business_key is not None and own.get("business_key") != message.business_key:
        return message.conversation is not None and _conversation(subscription) == message.conversation
    return not message.correlation or _has(uow, subscription, message.correlation)


def _key(message: Message) -> Any:
    """The message's key. Sent from outside with one correlation value and no key, that value is the key."""
    if message.key is None and len(message.correlation) == 1:
        return str(next(iter(message.correlation.values())))
    return message.key


def _has(uow: UnitOfWork, subscription: Subscription, correlation: Mapping[str, Any]) -> bool:
    """Does the receiver see these variables with these values?"""
    scopes = scopes_of(uow.connection, subscription.root_id)
    scope = uow.token_scope(subscription.root_id, subscription.token)
    seen = visible_from(scopes, scope)
    return all(name in seen and seen[name] == value for name, value in correlation.items())
