"""What the actor keeps: a form half filled in, lists under a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, or_, select

from engine.identity import Actor
from engine.persistence.tables import draft, task_filter


@dataclass(frozen=True, slots=True)
class DraftView:
    """The texts of a form by input name."""

    fields: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftOf:
    """The actor's draft of that form, None if there is none."""

    permission: ClassVar[str] = "read"
    subject: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> DraftView | None:
        own = (draft.c.user_id == (actor.user or ""), draft.c.subject == self.subject)
        row = connection.execute(select(draft).where(*own)).one_or_none()
        return DraftView(row.fields, row.at) if row is not None else None


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A list under a name; `mine` if the actor made it, `group` if it is shared."""

    id: str
    name: str
    address: str
    group: str | None
    mine: bool


@dataclass(frozen=True, slots=True)
class KeptFilters:
    """The lists that the actor made or that are shared with a group of theirs, by name."""

    permission: ClassVar[str] = "read"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[KeptFilter, ...]:
        own = task_filter.c.user_id == (actor.user or "")
        shared = task_filter.c.group_id.in_(sorted(actor.groups))
        rows = connection.execute(select(task_filter).where(or_(own, shared)).order_by(task_filter.c.name))
        return tuple(KeptFilter(row.id, row.name, row.address, row.group_id, row.user_id == actor.user) for row in rows)
