"""Who was granted what of a process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, select

from engine.identity import Actor
from engine.persistence.tables import grant, starter
from engine.queries.page import Key, Page, Sorts, keys_of, paged


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A part in a process. `kind`: user, group, or all with an empty subject."""

    key: str
    grant: str
    kind: str
    subject: str
    granted_at: datetime
    granted_by: str | None


_PLACE = (Key(grant.c.key), Key(grant.c.grant), Key(grant.c.kind), Key(grant.c.subject))
GRANT_SORTS: Sorts = {
    "key": _PLACE,
    "subject": (Key(grant.c.kind), Key(grant.c.subject), Key(grant.c.key), Key(grant.c.grant)),
    "newest": (Key(grant.c.granted_at, descending=True), *_PLACE),
}


@dataclass(frozen=True, slots=True)
class GrantList:
    """The grants of a process, of a user or group (`kind` and `subject`), or all."""

    permission: ClassVar[str] = "administer"
    key: str | None = None
    kind: str | None = None
    subject: str | None = None
    sort: str = "key"
    limit: int = 200
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[GrantRow]:
        wanted = {grant.c.key: self.key, grant.c.kind: self.kind, grant.c.subject: self.subject}
        statement = select(grant).where(*(column == value for column, value in wanted.items() if value is not None))
        return paged(connection, statement, keys_of(GRANT_SORTS, self.sort), self.limit, self.after, _grant)


@dataclass(frozen=True, slots=True)
class StarterRow:
    """Somebody the model itself names as one who may start it."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class StartersOf:
    """Whom the model of a definition names; where it names nobody, it keeps the process for nobody."""

    permission: ClassVar[str] = "administer"
    definition_id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[StarterRow, ...]:
        named = select(starter.c.kind, starter.c.value).where(starter.c.definition_id == self.definition_id)
        return tuple(StarterRow(*row) for row in connection.execute(named.order_by(starter.c.kind, starter.c.value)))


def _grant(row: Row[Any]) -> GrantRow:
    return GrantRow(row.key, row.grant, row.kind, row.subject, row.granted_at, row.granted_by)
