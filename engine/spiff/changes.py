"""What a command changes in one root, noted while it happens; the runtime turns it into a Step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.runtime.records import (
    EventRecord,
    IncidentRecord,
    InstanceRecord,
    JobRecord,
    SubscriptionRecord,
    UserTaskRecord,
    Wait,
)

if TYPE_CHECKING:
    from engine.spiff.scope import Scope
    from engine.spiff.token import Token

WAIT_KINDS: dict[type, str] = {
    UserTaskRecord: "task",
    JobRecord: "job",
    SubscriptionRecord: "subscription",
    IncidentRecord: "incident",
}


class Changes:
    """The difference since the last step. What came and went in between is left out, but for its history."""

    def __init__(self) -> None:
        self.events: list[EventRecord] = []
        self.new_instances: dict[str, InstanceRecord] = {}
        self.changed_instances: dict[str, InstanceRecord] = {}
        self.new_tokens: dict[int, tuple[Token, EventRecord]] = {}
        self.changed_tokens: dict[int, Token] = {}
        self.gone_tokens: list[int] = []
        self.new_scopes: dict[int, Scope] = {}
        self.gone_scopes: list[int] = []
        self.opened: dict[int, Wait] = {}
        self.closed: dict[str, list[int]] = {"task": [], "job": [], "subscription": [], "incident": []}

    def token_new(self, token: Token, event: EventRecord) -> None:
        self.new_tokens[token.id] = (token, event)

    def token_changed(self, token: Token) -> None:
        if token.id not in self.new_tokens:
            self.changed_tokens[token.id] = token

    def token_gone(self, token: Token) -> EventRecord | None:
        """Note that the token is gone; gives the event that told of its coming if that was in this step."""
        self.changed_tokens.pop(token.id, None)
        if token.id in self.new_tokens:
            return self.new_tokens.pop(token.id)[1]
        self.gone_tokens.append(token.id)
        return None

    def scope_gone(self, scope: Scope) -> None:
        """Note that the scope is gone; storage never knew of one that came in this step."""
        if self.new_scopes.pop(scope.number, None) is None:
            self.gone_scopes.append(scope.number)

    def instance_changed(self, instance: InstanceRecord) -> None:
        if instance.id not in self.new_instances:
            self.changed_instances[instance.id] = instance

    def wait_closed(self, number: int, kind: str) -> bool:
        """Note that a wait ended; False if it was opened in this step."""
        if kind not in self.closed or self.opened.pop(number, None) is not None:
            return False
        self.closed[kind].append(number)
        return True

    def event(self, record: EventRecord) -> EventRecord:
        self.events.append(record)
        return record


def token_data(token: Token, flow: str | None = None) -> dict[str, Any]:
    """A token's state as `token-new` and `token-changed` events carry it."""
    data: dict[str, Any] = {"parent": token._parent, "state": token.state_name}
    if token.memory:
        data["data"] = dict(token.memory)
    if flow:
        data["flow"] = flow
    return data
