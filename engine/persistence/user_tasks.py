"""User tasks and who may take them; the candidates stand in a table of their own to be searched by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, insert, update

from engine.persistence import rows, tables
from engine.persistence.prepared import Prepared, Question

_table = tables.user_task


@dataclass(frozen=True, slots=True)
class UserTask:
    id: str
    root_id: str
    number: int
    token: int
    instance_id: str
    element_id: str
    created_at: datetime
    name: str | None
    kind: Literal["task", "question", "happened"]
    assignee: str | None
    owner: str | None
    delegation: Literal["pending", "resolved"] | None
    candidate_users: list[str]
    candidate_groups: list[str]
    lane: str | None
    due_at: datetime | None
    follow_up_at: datetime | None
    priority: int
    form: dict[str, Any] | None
    loop_counter: int | None
    apart: dict[str, Any] | None


_tasks = rows.read(_table, UserTask)
_by_id = Prepared(_tasks.where(_table.c.id == bindparam("id")))
_by_root = Prepared(_tasks.where(_table.c.root_id == bindparam("id")).order_by(_table.c.number))
_update = update(_table).where(_table.c.id == bindparam("this"))
_candidates_of = delete(tables.task_candidate).where(tables.task_candidate.c.task_id == bindparam("this"))


def candidates(task_id: str, users: Iterable[str], groups: Iterable[str]) -> list[dict[str, str]]:
    """The candidate rows of a task, each once; one that is offered to nobody by name is offered to everybody."""
    named = [("user", each) for each in dict.fromkeys(users)] + [("group", each) for each in dict.fromkeys(groups)]
    return [{"task_id": task_id, "kind": kind, "value": value} for kind, value in named or [("all", "")]]


class UserTasks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @staticmethod
    def question(task_id: str) -> Question:
        return _by_id, {"id": task_id}

    def get(self, task_id: str) -> UserTask | None:
        row = _by_id.first(self._connection, id=task_id)
        return UserTask(*row) if row else None

    def of_root(self, root_id: str) -> list[UserTask]:
        return [UserTask(*row) for row in _by_root.fetch(self._connection, id=root_id)]

    def change(self, task_id: str, **changes: Any) -> None:
        """Set columns, such as `assignee` or `due_at`; `candidate_users` and `candidate_groups` come together."""
        rows.refuse_unknown(_table, changes)
        self._connection.execute(_update.values(**changes), {"this": task_id})
        if "candidate_users" in changes or "candidate_groups" in changes:
            self._connection.execute(_candidates_of, {"this": task_id})
            named = candidates(task_id, changes["candidate_users"], changes["candidate_groups"])
            self._connection.execute(insert(tables.task_candidate), named)
