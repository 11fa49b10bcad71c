"""Who was mentioned has read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class MarkRead:
    """The actor has read what they were mentioned in: beside one task, or all."""

    permission: ClassVar[str] = "read"
    task_id: str | None = None

    def execute(self, uow: UnitOfWork) -> None:
        uow.conversation.mark_read(uow.actor.user or "", uow.now, self.task_id)
