"""Grants of processes, and whether somebody may start one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, or_, select, true

from engine.identity import Actor
from engine.persistence import rows, tables

_table, _starter, _definition = tables.grant, tables.starter, tables.process_definition
Kind = Literal["user", "group", "all"]


@dataclass(frozen=True, slots=True)
class Grant:
    """A part in the process `key` for a user, a group, or everybody (`all`, subject empty)."""

    key: str
    grant: str
    kind: Kind
    subject: str
    granted_at: datetime
    granted_by: str | None


_grants = rows.read(_table, Grant)


class Grants:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, key: str) -> list[Grant]:
        found = _grants.where(_table.c.key == key).order_by(_table.c.grant, _table.c.kind, _table.c.subject)
        return [Grant(*row) for row in self._connection.execute(found)]

    def add(self, grant: Grant) -> bool:
        """False where it was given before."""
        if self._connection.execute(select(_table.c.key).where(*_this(grant))).first() is not None:
            return False
        self._connection.execute(insert(_table), rows.as_columns(grant))
        return True

    def remove(self, key: str, grant: str, kind: Kind, subject: str) -> bool:
        where = (_table.c.key == key, _table.c.grant == grant, _table.c.kind == kind, _table.c.subject == subject)
        return self._connection.execute(delete(_table).where(*where)).rowcount > 0

    def remove_of(self, kind: Kind, subject: str) -> None:
        """All that somebody was granted, who is no more."""
        self._connection.execute(delete(_table).where(_table.c.kind == kind, _table.c.subject == subject))

    def keep_for(self, definition_id: str, users: Iterable[str], groups: Iterable[str]) -> None:
        """Whom the model itself names as those who may start it."""
        named = [("user", each) for each in dict.fromkeys(users)] + [("group", each) for each in dict.fromkeys(groups)]
        if named:
            starters = [{"definition_id": definition_id, "kind": kind, "value": value} for kind, value in named]
            self._connection.execute(insert(_starter), starters)

    def may_start(self, actor: Actor, definition_id: str) -> bool:
        found = select(_definition.c.id).where(_definition.c.id == definition_id, may_start(actor))
        return self._connection.execute(found).first() is not None


def grants_to(connection: Connection, user: str, groups: Iterable[str]) -> frozenset[tuple[str, str]]:
    """What a user has by their name, by their groups, and as everybody has it: grant and process key."""
    found = select(_table.c.grant, _table.c.key).where(
        or_(
            and_(_table.c.kind == "user", _table.c.subject == user),
            and_(_table.c.kind == "group", _table.c.subject.in_(sorted(groups))),
            _table.c.kind == "all",
        )
    )
    return frozenset((row.grant, row.key) for row in connection.execute(found))


def may_start(actor: Actor) -> ColumnElement[bool]:
    """Of process definitions: kept for nobody, or for the actor by grant or by the model; an operator starts all."""
    if actor.may("operate") or actor.may("administer"):
        return true()
    granted = _definition.c.key.in_(sorted(actor.keys("start") | actor.keys("operate")))
    if not actor.may("start"):
        return granted
    of_key = and_(_table.c.key == _definition.c.key, _table.c.grant == "start")
    of_model = _starter.c.definition_id == _definition.c.id
    named = or_(
        and_(_starter.c.kind == "user", _starter.c.value == (actor.user or "")),
        and_(_starter.c.kind == "group", _starter.c.value.in_(sorted(actor.groups))),
    )
    return or_(
        granted,
        exists().where(of_model, named).correlate(_definition),
        and_(
            ~exists().where(of_key).correlate(_definition),
            ~exists().where(of_model).correlate(_definition),
        ),
    )


def _this(grant: Grant) -> tuple[ColumnElement[bool], ...]:
    return (
        _table.c.key == grant.key,
        _table.c.grant == grant.grant,
        _table.c.kind == grant.kind,
        _table.c.subject == grant.subject,
    )
