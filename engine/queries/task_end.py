"""How a task ended, for somebody who came too late."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, select

from engine import values
from engine.identity import Actor
from engine.persistence.instances import number_of, root_of
from engine.persistence.tables import event, process_instance
from engine.queries.visibility import sees_instance

KINDS = ("task-completed", "task-cancelled")


@dataclass(frozen=True, slots=True)
class TaskEndView:
    """Who ended it and when; `written` are the variables written with it, for those whom the case concerns."""

    kind: str
    by: str | None
    at: datetime
    written: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskEnd:
    """The end of the task with that id, which nobody guesses; None while it is open, or where there never was one."""

    permission: ClassVar[str] = "work"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> TaskEndView | None:
        number = number_of(self.id)
        if not number:
            return None
        root = root_of(self.id)
        ended = select(event).where(event.c.root_id == root, event.c.kind.in_(KINDS)).order_by(event.c.number.desc())
        row = next((each for each in connection.execute(ended) if (each.data or {}).get("number") == number), None)
        if row is None:
            return None
        case = select(process_instance.c.id).where(process_instance.c.id == root, sees_instance(connection, actor))
        written: dict[str, Any] = {}
        if connection.execute(case).first() is not None:
            said = select(event.c.name, event.c.value).where(
                event.c.root_id == root,
                event.c.kind == "variable-set",
                event.c.at == row.at,
                event.c.actor == row.actor,
            )
            written = {name: values.decode(value) for name, value in connection.execute(said.order_by(event.c.number))}
        return TaskEndView(row.kind, row.actor, row.at, written)
