"""A person has done their task, answered a gateway's question, or says that an event has happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from engine.commands.declared_form import entered
from engine.commands.once import once
from engine.commands.task_access import check_may_do, open_task
from engine.errors import Conflict, Invalid

if TYPE_CHECKING:
    from engine.persistence.user_tasks import UserTask
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class CompleteUserTask:
    """`outcome`: the flows chosen where the task is a gateway's question. Who may claim it need not do so before.

    Values that contradict the declared form are refused, unless the actor operates.
    """

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    outcome: tuple[str, ...] = ()
    idempotency_key: str | None = None

    def execute(self, uow: UnitOfWork) -> None:
        once(uow, self.idempotency_key, self, self._complete)

    def _complete(self, uow: UnitOfWork) -> None:
        task = open_task(uow, self.id)
        check_may_do(uow, task)
        if task.delegation == "pending":
            raise Conflict("This task was delegated.", fix="Resolve it: its owner then completes it.")
        variables = entered(uow, task, self.variables)
        root = uow.root(task.root_id)
        root.complete_user_task(task.token, task.number, variables, self._outcome(task))

    def _outcome(self, task: UserTask) -> list[str] | None:
        if task.kind == "question" and not self.outcome:
            raise Invalid("This question needs an answer.", fix="Choose one of its ways.")
        return list(self.outcome) or None
