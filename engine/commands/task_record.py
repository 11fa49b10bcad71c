"""A change of an open task, written together with its line of history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.elements.user_task import UserTask as UserTaskElement

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
    _tell_listeners(uow, task, "update")
    if "assignee" in changes and changes["assignee"] not in (None, task.assignee):
        _tell_listeners(uow, task, "assignment")


def _tell_listeners(uow: UnitOfWork, task: UserTask, event: str) -> None:
    """The model's task listeners, where it has any for this; they may complete the task."""
    instance = uow.instances.get(task.instance_id)
    if instance is None or uow.user_tasks.get(task.id) is None:
        return
    spec = uow.definition_spec(instance.definition_id).task_specs.get(task.element_id)
    if isinstance(spec, UserTaskElement) and spec.listeners.hears(event, on="task"):
        uow.root(task.root_id).task_changed(task.token, task.number, event)
