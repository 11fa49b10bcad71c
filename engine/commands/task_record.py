"""A change of an open task, written together with its line of history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.persistence.user_tasks import UserTask
    from engine.unitofwork import UnitOfWork


def change_task(uow: UnitOfWork, task: UserTask, kind: str, **changes: Any) -> None:
    """Set the columns and record what was set as an event of that kind."""
    uow.user_tasks.change(task.id, **changes)
    uow.record(
        task.root_id,
        task.instance_id,
        kind,
        element_id=task.element_id,
        token=task.token,
        data={"number": task.number, **changes},
    )
