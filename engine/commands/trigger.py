"""What a token waits for is made to happen by hand: by an operator, or a program that knows it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from engine.errors import Conflict
from engine.persistence.instances import number_of, root_of

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class TriggerToken:
    """The first thing that the token waits for at its own element has come: message, signal, time, job or task."""

    permission: ClassVar[str] = "operate"
    id: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        root_id, number = root_of(self.id), number_of(self.id)
        root = uow.root(root_id)
        waits: list[Any] = [
            *uow.subscriptions.of_root(root_id),
            *uow.jobs.of_root(root_id),
            *uow.user_tasks.of_root(root_id),
        ]
        element = uow.token_element(root_id, number)
        own = [(wait.element_id != element, wait.number) for wait in waits if wait.token == number]
        if not own:
            raise Conflict("This token waits for nothing.", fix="Look at the instance as it is now.")
        root.trigger(number, min(own)[1], dict(self.variables))


@dataclass(frozen=True, slots=True)
class TriggerSubscription:
    """The message or signal has come for this subscription and for no other."""

    permission: ClassVar[str] = "operate"
    id: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        subscription = uow.subscription(self.id)
        root = uow.root(subscription.root_id)
        root.trigger(subscription.token, subscription.number, dict(self.variables))
