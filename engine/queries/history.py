"""What happened in an instance, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, select, true

from engine import values
from engine.identity import Actor
from engine.persistence.tables import event
from engine.queries.instance import visible_instance
from engine.queries.page import Key, Page, paged


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of history; the kinds are those of `engine.runtime.records.EventRecord`."""

    number: int
    instance_id: str
    at: datetime
    kind: str
    element_id: str | None
    token: int | None
    scope: int | None
    name: str | None
    data: dict[str, Any] | None
    value: Any
    actor: str | None


@dataclass(frozen=True, slots=True)
class History:
    """An instance's history, with that of what it called when it is a root and `called_too`.

    `kinds` narrows it, as do an element, who did it, and when: from `since` up to `until`.
    """

    permission: ClassVar[str] = "read"
    instance_id: str
    kinds: tuple[str, ...] = ()
    element_id: str | None = None
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    called_too: bool = False
    newest_first: bool = False
    limit: int = 100
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[EventRow]:
        instance = visible_instance(connection, actor, self.instance_id)
        statement = select(event).where(event.c.root_id == instance.root_id)
        if not (self.called_too and instance.id == instance.root_id):
            statement = statement.where(event.c.instance_id == instance.id)
        if self.kinds:
            statement = statement.where(event.c.kind.in_(self.kinds))
        statement = statement.where(
            event.c.element_id == self.element_id if self.element_id is not None else true(),
            event.c.actor == self.actor if self.actor is not None else true(),
            event.c.at >= self.since if self.since is not None else true(),
            event.c.at < self.until if self.until is not None else true(),
        )
        keys = (Key(event.c.number, descending=self.newest_first),)
        return paged(connection, statement, keys, self.limit, self.after, event_row)


def event_row(row: Row[Any]) -> EventRow:
    return EventRow(
        number=row.number,
        instance_id=row.instance_id,
        at=row.at,
        kind=row.kind,
        element_id=row.element_id,
        token=row.token,
        scope=row.scope,
        name=row.name,
        data=row.data,
        value=None if row.value is None else values.decode(row.value),
        actor=row.actor,
    )
