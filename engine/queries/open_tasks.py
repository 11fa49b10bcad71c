"""What one case waits for people to do: asked after each step by whoever goes from task to task."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, bindparam, select

from engine.commands.task_access import sees
from engine.identity import Actor
from engine.persistence.instances import root_of
from engine.persistence.prepared import Prepared
from engine.persistence.tables import process_definition, process_instance, user_task
from engine.queries.user_tasks import TaskRow

_elsewhere = {
    "definition_id": process_instance.c.definition_id,
    "definition_key": process_instance.c.key,
    "definition_name": process_definition.c.name,
    "business_key": process_instance.c.business_key,
}
_names = [field.name for field in fields(TaskRow)]
_columns = [_elsewhere[name] if name in _elsewhere else user_task.c[name] for name in _names]
_of_root = Prepared(
    select(*_columns)
    .join(process_instance, process_instance.c.id == user_task.c.instance_id)
    .join(process_definition, process_definition.c.id == process_instance.c.definition_id)
    .where(user_task.c.root_id == bindparam("root"))
    .order_by(user_task.c.number)
)


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """The open tasks of an instance that the actor sees, in the order they came; of a root with what it called."""

    permission: ClassVar[str] = "read"
    instance_id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[TaskRow, ...]:
        root = root_of(self.instance_id)
        tasks = map(_task, _of_root.fetch(connection, root=root))
        return tuple(task for task in tasks if self.instance_id in (root, task.instance_id) and sees(actor, task))


def _task(row: tuple[Any, ...]) -> TaskRow:
    # What is kept as a list of names is shown as a tuple of them.
    columns: Any = (tuple(value) if isinstance(value, list) else value for value in row)
    return TaskRow(*columns)
