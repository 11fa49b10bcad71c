"""What the tasks of a list are about: the values of chosen variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, and_, or_, select

from engine import values
from engine.identity import Actor
from engine.persistence.tables import process_instance, scope, user_task, variable
from engine.queries.user_tasks import own_scope
from engine.queries.visibility import sees_task

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class TaskSubjects:
    """For each task the values of the variables named for its definition, those of its instance's own scope.

    `names`: variable names by definition id. The answer is by task id, without values that are very long.
    """

    permission: ClassVar[str] = "read"
    tasks: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> dict[str, dict[str, Any]]:
        wanted = [
            and_(process_instance.c.definition_id == definition, variable.c.name.in_(names))
            for definition, names in self.names.items()
            if names
        ]
        if not self.tasks or not wanted:
            return {}
        rows = connection.execute(
            select(user_task.c.id, variable.c.name, variable.c.value)
            .join(process_instance, process_instance.c.id == user_task.c.instance_id)
            .join(scope, own_scope())
            .join(variable, and_(variable.c.root_id == scope.c.root_id, variable.c.scope == scope.c.number))
            .where(user_task.c.id.in_(self.tasks), sees_task(connection, actor), or_(*wanted))
        )
        found: dict[str, dict[str, Any]] = {}
        for id, name, text in rows:
            if len(text) <= LONGEST:
                found.setdefault(id, {})[name] = values.decode(text)
        return found
