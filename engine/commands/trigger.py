"""What a token waits for is made to happen by hand: by an operator, or a program that knows it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from engine.commands.task_access import check_not_kept_from
from engine.persistence.instances import number_of, root_of

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class TriggerToken:
    """What the token waits for at its own element has come: message, signal, time, job, task, or what has no name."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        root_id, token = root_of(self.id), number_of(self.id)
        uow.lock(root_id)
        for task in uow.user_tasks.of_root(root_id):
            if task.token == token:
                check_not_kept_from(uow, task, uow.actor.user)
        uow.root(root_id).signal(token, dict(self.variables))


@dataclass(frozen=True, slots=True)
class TriggerSubscription:
    """The message or signal has come for this subscription and for no other."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        subscription = uow.subscription(self.id)
        root = uow.root(subscription.root_id)
        root.trigger(subscription.token, subscription.number, dict(self.variables))
