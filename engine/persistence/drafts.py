"""What people typed and have not sent, and the lists they keep under a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.persistence import rows, tables


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of one form as one person left them: texts by input name."""

    user_id: str
    subject: str
    fields: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """A list under a name. With a group, its members see it as well."""

    id: str
    user_id: str
    name: str
    address: str
    group_id: str | None


_filters = rows.read(tables.task_filter, TaskFilter)


class Drafts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, draft: Draft, older_than: datetime) -> None:
        """Put it in the place of the one before; the person's drafts from before `older_than` go."""
        table = tables.draft
        own = table.c.user_id == draft.user_id
        done = self._connection.execute(
            update(table).where(own, table.c.subject == draft.subject).values(fields=draft.fields, at=draft.at)
        )
        if not done.rowcount:
            self._connection.execute(delete(table).where(own, table.c.at < older_than))
            self._connection.execute(insert(table), rows.as_columns(draft))

    def count(self, user: str) -> int:
        table = tables.draft
        return int(self._connection.scalar(select(func.count()).where(table.c.user_id == user)) or 0)

    def drop(self, user: str, subject: str) -> None:
        table = tables.draft
        self._connection.execute(delete(table).where(table.c.user_id == user, table.c.subject == subject))


class TaskFilters:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, task_filter: TaskFilter) -> None:
        self._connection.execute(insert(tables.task_filter), rows.as_columns(task_filter))

    def get(self, id: str) -> TaskFilter | None:
        row = self._connection.execute(_filters.where(tables.task_filter.c.id == id)).first()
        return TaskFilter(*row) if row else None

    def count(self, user: str) -> int:
        own = tables.task_filter.c.user_id == user
        return int(self._connection.scalar(select(func.count()).where(own)) or 0)

    def delete(self, id: str) -> None:
        self._connection.execute(delete(tables.task_filter).where(tables.task_filter.c.id == id))
