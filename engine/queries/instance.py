"""One process instance: where its tokens are, what its variables hold, what it called, what it waits for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, func, select

from engine.errors import NotFound
from engine.identity import Actor
from engine.permissions import PERMISSIONS
from engine.persistence.tables import event, node, process_instance
from engine.queries.instances import InstanceRow, instance_row, instances
from engine.queries.variables import ScopeRow, last_scopes_of, scopes_of
from engine.queries.visibility import check_sees_all, sees_instance


@dataclass(frozen=True, slots=True)
class UndoRow:
    """A completed activity, and the one that compensation undoes it by."""

    element_id: str
    by: str


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token at rest; `id` is what a command names it by.

    `watches` are the conditional events that happen when variables change; `undoable` is what compensation would undo
    in there, in the order of its completion.
    """

    id: str
    number: int
    element_id: str
    state: str
    scope: int
    parent: int | None
    watches: tuple[str, ...] = ()
    undoable: tuple[UndoRow, ...] = ()


@dataclass(frozen=True, slots=True)
class InstanceView:
    """`tokens` and `scopes` are its own; an ended one has no tokens, and its scopes as they were last.

    `called` are the instances that its call activities started; `may` is what the actor may do with it.
    """

    instance: InstanceRow
    may: frozenset[str]
    tokens: tuple[TokenRow, ...]
    scopes: tuple[ScopeRow, ...]
    called: tuple[InstanceRow, ...]


@dataclass(frozen=True, slots=True)
class InstanceDetail:
    """The instance with that id; not found, too, when it does not concern the actor."""

    permission: ClassVar[str] = "read"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> InstanceView:
        row = visible_instance(connection, actor, self.id)
        called = connection.execute(
            instances()
            .where(process_instance.c.root_id == row.root_id, process_instance.c.parent_id == self.id)
            .order_by(process_instance.c.started_at)
        )
        tokens = connection.execute(
            select(node).where(node.c.root_id == row.root_id, node.c.instance_id == self.id).order_by(node.c.number)
        )
        if row.state == "running":
            scopes = tuple(each for each in scopes_of(connection, row.root_id) if each.instance_id == self.id)
        else:
            scopes = last_scopes_of(connection, row.root_id, self.id)
        return InstanceView(
            instance=row,
            may=_may_there(connection, actor, row.root_id),
            tokens=tuple(token_row(each) for each in tokens),
            scopes=scopes,
            called=tuple(instance_row(each) for each in called),
        )


@dataclass(frozen=True, slots=True)
class VisitRow:
    """How often an element was entered in one instance."""

    element_id: str
    count: int


@dataclass(frozen=True, slots=True)
class PathWalked:
    """The elements and the sequence flows that the instance went through, by how often."""

    permission: ClassVar[str] = "read"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[VisitRow, ...]:
        row = visible_instance(connection, actor, self.id)
        statement = select(event.c.element_id, event.c.data).where(
            event.c.root_id == row.root_id,
            event.c.instance_id == self.id,
            event.c.kind.in_(("token-new", "token-passed")),
        )
        counts: dict[str, int] = {}
        for each in connection.execute(statement):
            data = each.data or {}
            for element in (each.element_id, data.get("flow")):
                if element is not None and data.get("how") != "unbegun":
                    counts[element] = counts.get(element, 0) + 1
        return tuple(VisitRow(element, count) for element, count in counts.items())


@dataclass(frozen=True, slots=True)
class TokenCounts:
    """Where the running instances of a definition are: tokens by element (for a diagram of all of them)."""

    permission: ClassVar[str] = "see"
    by_process: ClassVar[bool] = True
    definition_id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[VisitRow, ...]:
        check_sees_all(connection, actor, self.definition_id)
        statement = (
            select(node.c.element_id, func.count().label("number"))
            .join(process_instance, process_instance.c.id == node.c.instance_id)
            .where(process_instance.c.definition_id == self.definition_id)
            .group_by(node.c.element_id)
            .order_by(node.c.element_id)
        )
        return tuple(VisitRow(row.element_id, row.number) for row in connection.execute(statement))


def token_row(row: Row[Any]) -> TokenRow:
    return TokenRow(
        id=f"{row.root_id}-{row.number}",
        number=row.number,
        element_id=row.element_id,
        state=row.state,
        scope=row.scope,
        parent=row.parent,
        watches=tuple(element for _, kind, element, _ in row.data.get("waits", ()) if kind == "condition"),
        undoable=tuple(_undoable(row.data.get("compensations", ()))),
    )


def _undoable(records: Sequence[dict[str, Any]]) -> Iterator[UndoRow]:
    for record in records:
        yield UndoRow(record["of"], record["handler"])
        yield from _undoable(record.get("inner", ()))


def _may_there(connection: Connection, actor: Actor, root_id: str) -> frozenset[str]:
    key = connection.scalar(select(process_instance.c.key).where(process_instance.c.id == root_id)) or ""
    here = actor.within(key)
    return frozenset(each for each in PERMISSIONS if here.may(each))


def visible_instance(connection: Connection, actor: Actor, id: str) -> InstanceRow:
    row = connection.execute(
        instances().where(process_instance.c.id == id, sees_instance(connection, actor))
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such process instance, or it does not concern you.")
    return instance_row(row)
