"""A message comes from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from engine.commands.messages import Message, deliver, is_private, receivers
from engine.commands.once import once
from engine.commands.outbox import leave_message, leave_to_start, leave_to_subscription
from engine.commands.start_process import start
from engine.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class CorrelateMessage:
    """Exactly one waiting token takes it, else exactly one start event; several are a Conflict, none is NotFound.

    `all`: every token that fits and every start event get it, each as a job of its own. `keep`: if nobody waits yet it
    is kept that long for somebody who will. `correlation`: variables that the receiver must have, or the value of its
    correlation key. `local`: variables that only the receiving element sees. Without a `name` it is a message of any
    name that the rest fits. Returns the ids of the instance that took it or was started; none when jobs deliver it.
    """

    permission: ClassVar[str] = "start"
    name: str | None
    variables: Mapping[str, Any] = field(default_factory=dict)
    local: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None
    business_key: str | None = None
    correlation: Mapping[str, Any] = field(default_factory=dict)
    instance_id: str | None = None
    all: bool = False
    keep: timedelta | None = None
    idempotency_key: str | None = None

    def execute(self, uow: UnitOfWork) -> list[str]:
        return once(uow, self.idempotency_key, self, self._correlate)

    def _correlate(self, uow: UnitOfWork) -> list[str]:
        if self.name is None and not (self.business_key or self.correlation or self.instance_id):
            raise Invalid("A message without a name is for nobody.", fix="Say for which business key, or its name.")
        message = Message(
            self.name,
            self.variables,
            self.key,
            self.business_key,
            instance_id=self.instance_id,
            correlation=self.correlation,
        )
        waiting = receivers(uow, message)
        starts = []
        if self.name is not None and self.instance_id is None:
            starts = uow.definitions.started_by("message", self.name)
        if self.all:
            for subscription in waiting:
                leave_to_subscription(uow, "message", subscription, self.variables)
            for event in starts:
                leave_to_start(uow, "message", event, self.variables, self.business_key)
            return []
        if len(waiting) > 1 or (not waiting and len(starts) > 1):
            raise Conflict(
                f"{len(waiting) or len(starts)} take the message {self.name!r}.",
                fix="Say which: by business key, correlation or instance; or send it to all.",
            )
        if waiting:
            deliver(uow, waiting[0], self.variables, self.local)
            return [waiting[0].instance_id]
        if starts:
            event = starts[0]
            variables = {**self.variables, **self.local}
            return [start(uow, event.definition_id, variables, self.business_key, event.element_id)]
        if self.keep is not None and message.name is not None:
            leave_message(uow, message, uow.now + self.keep)
            return []
        raise NotFound(
            f"Nobody waits for the message {self.name!r}.", fix="Look at its name and at what it correlates by."
        )


@dataclass(frozen=True, slots=True)
class StartByMessage:
    """Start the one process that this message starts; its instance's id."""

    permission: ClassVar[str] = "start"
    name: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    business_key: str | None = None
    idempotency_key: str | None = None

    def execute(self, uow: UnitOfWork) -> str:
        return once(uow, self.idempotency_key, self, self._start)

    def _start(self, uow: UnitOfWork) -> str:
        starts = uow.definitions.started_by("message", self.name)
        if not starts:
            raise NotFound(f"No process is started by the message {self.name!r}.")
        if len(starts) > 1:
            raise Conflict(
                f"{len(starts)} processes are started by the message {self.name!r}.", fix="Start one by its key."
            )
        event = starts[0]
        return start(uow, event.definition_id, self.variables, self.business_key, event.element_id)


@dataclass(frozen=True, slots=True)
class BroadcastSignal:
    """Everybody who waits for the signal gets it, and what it starts is started, each as a job of its own."""

    permission: ClassVar[str] = "start"
    name: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        for subscription in uow.subscriptions.waiting_for("signal", self.name):
            if is_private(subscription):
                continue
            leave_to_subscription(uow, "signal", subscription, self.variables)
        for event in uow.definitions.started_by("signal", self.name):
            leave_to_start(uow, "signal", event, self.variables)
