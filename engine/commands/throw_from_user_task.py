"""A person ends their task otherwise: with a BPMN error or an escalation that the model catches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from engine.commands.task_access import check_may_do, open_task

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class ThrowErrorFromTask:
    """The task ends with the error `code`."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    code: str
    message: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        task = open_task(uow, self.id)
        check_may_do(uow, task)
        uow.root(task.root_id).throw_error(task.token, task.number, self.code, self.message, dict(self.variables))


@dataclass(frozen=True, slots=True)
class ThrowEscalationFromTask:
    """The escalation `code` goes outwards; the task ends if what catches it interrupts. False: nothing caught it."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    code: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> bool:
        task = open_task(uow, self.id)
        check_may_do(uow, task)
        return uow.root(task.root_id).throw_escalation(task.token, task.number, self.code, dict(self.variables))
