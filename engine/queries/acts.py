"""What was done to the installation, and whether the record of it is still the one that was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, Text, literal, select, true, type_coerce

from engine.identity import Actor
from engine.persistence.act_chain import ActFinding, ActLink, Chain, Entry
from engine.persistence.tables import act, act_head
from engine.queries.page import Key, Page, Sorts, keys_of, paged

ACT_SORTS: Sorts = {"newest": (Key(act.c.number, descending=True),), "oldest": (Key(act.c.number),)}
AT_ONCE = 1000
LOWEST = -(2**31)


@dataclass(frozen=True, slots=True)
class ActRow:
    """What was done, to what, by whom and when; `data` tells more. `digest` covers it and all before it."""

    number: int
    id: str
    at: datetime
    actor: str | None
    act: str
    subject: str
    data: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class ActList:
    """What was done to the installation, the newest first."""

    permission: ClassVar[str] = "administer"
    act: str | None = None
    subject: str | None = None
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    sort: str = "newest"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[ActRow]:
        wanted = {act.c.act: self.act, act.c.subject: self.subject, act.c.actor: self.actor}
        statement = select(act).where(*(column == value for column, value in wanted.items() if value is not None))
        statement = statement.where(
            act.c.at >= self.since if self.since is not None else true(),
            act.c.at < self.until if self.until is not None else true(),
        )
        return paged(connection, statement, keys_of(ACT_SORTS, self.sort), self.limit, self.after, _act)


@dataclass(frozen=True, slots=True)
class ChainState:
    """Whether the record is intact, and how far: all before the first finding, with the time of the last of these.

    `last` is the entry it ends with now: kept elsewhere, it proves later that nothing was cut or rewritten since.
    `found` counts all findings, of which the first hundred are told.
    """

    intact: bool
    entries: int
    last: ActLink
    intact_until: int
    intact_at: datetime | None
    found: int
    findings: tuple[ActFinding, ...]


@dataclass(frozen=True, slots=True)
class ActChain:
    """Walk the whole record. `anchor` is an entry that was known elsewhere."""

    permission: ClassVar[str] = "administer"
    anchor: ActLink | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> ChainState:
        chain, head = Chain(self.anchor), None
        for end, entries in _batches(connection):
            head = end
            for entry in entries:
                chain.follow(entry)
        chain.end(head)
        return ChainState(
            not chain.found,
            chain.entries,
            chain.last,
            chain.intact_until,
            _moment(chain.intact_at),
            chain.found,
            tuple(chain.findings),
        )


def _batches(connection: Connection) -> Iterator[tuple[ActLink | None, list[Entry]]]:
    """Where the database says that the end is, and entries; of the last batch both are of the same moment.

    An act that is written between two statements would look like a forged one.
    """
    at = type_coerce(act.c.at, Text) if connection.dialect.name == "sqlite" else act.c.at
    said = (act.c.number, act.c.previous, act.c.digest, act.c.id, at, act.c.actor, act.c.act, act.c.subject)
    always = select(literal(1).label("one")).subquery()
    head = always.outerjoin(act_head, true())
    after: Any = LOWEST
    while after is not None:
        statement = (
            select(act_head.c.number, act_head.c.digest, *said, type_coerce(act.c.data, Text))
            .select_from(head.outerjoin(act, act.c.number > after))
            .order_by(act.c.number)
            .limit(AT_ONCE)
        )
        rows = connection.execute(statement).all()
        end = ActLink(rows[0][0], rows[0][1]) if rows[0][0] is not None else None
        yield end, [Entry(*row[2:]) for row in rows if row[2] is not None]
        after = rows[-1][2] if len(rows) == AT_ONCE else None


def _moment(at: datetime | str | None) -> datetime | None:
    if not isinstance(at, str):
        return at
    try:
        return datetime.fromisoformat(at).astimezone(UTC)
    except ValueError:
        # Somebody who forges a whole chain may forge this, too.
        return None


def _act(row: Row[Any]) -> ActRow:
    return ActRow(row.number, row.id, row.at, row.actor, row.act, row.subject, dict(row.data), row.digest)
