"""An instance is ended before its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.errors import Conflict, NotFound
from engine.persistence.instances import root_of

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class CancelInstance:
    """End the instance with all that goes on in it and all that it called."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str
    reason: str | None = None

    def execute(self, uow: UnitOfWork) -> None:
        uow.lock(root_of(self.id))
        instance = uow.instances.get(self.id)
        if instance is None:
            raise NotFound("There is no such process instance.")
        if instance.state != "running":
            raise Conflict(f"This instance has ended ({instance.state}).")
        uow.root(instance.root_id).cancel(self.id, self.reason)
