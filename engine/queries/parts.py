"""Parts of one thing as lists: a deployment's files, a definition's starts, where tokens rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, func, select, true

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.tables import deployment, node, process_instance, resource, start_event
from engine.queries.definitions import DefinitionDetail, StartEventRow
from engine.queries.deployments import ResourceRow
from engine.queries.instance import TokenRow, VisitRow, token_row, visible_instance
from engine.queries.page import Key, Page, Sorts, keys_of, paged
from engine.queries.visibility import check_sees_all

FILE_SORTS: Sorts = {
    "name": (Key(resource.c.name),),
    "largest": (Key(resource.c.size, descending=True), Key(resource.c.name)),
}
START_SORTS: Sorts = {
    "element": (Key(start_event.c.element_id),),
    "kind": (Key(start_event.c.kind), Key(start_event.c.element_id)),
}
TOKEN_SORTS: Sorts = {
    "oldest": (Key(node.c.number),),
    "newest": (Key(node.c.number, descending=True),),
    "element": (Key(node.c.element_id), Key(node.c.number)),
}


@dataclass(frozen=True, slots=True)
class FileList:
    """The files of a deployment, without their bytes. `search` is in their names."""

    permission: ClassVar[str] = "read"
    deployment_id: str
    search: str = ""
    sort: str = "name"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[ResourceRow]:
        if connection.scalar(select(deployment.c.id).where(deployment.c.id == self.deployment_id)) is None:
            raise NotFound("There is no such deployment.")
        text = self.search.strip()
        columns = (resource.c.deployment_id, resource.c.name, resource.c.sha256, resource.c.size)
        statement = select(*columns).where(
            resource.c.deployment_id == self.deployment_id,
            resource.c.name.icontains(text, autoescape=True) if text else true(),
        )
        return paged(connection, statement, keys_of(FILE_SORTS, self.sort), self.limit, self.after, _file)


@dataclass(frozen=True, slots=True)
class StartList:
    """What else than a person starts a definition: a message, a signal, a time. `name` is that of message or signal."""

    permission: ClassVar[str] = "read"
    definition_id: str
    kind: str | None = None
    name: str | None = None
    sort: str = "element"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[StartEventRow]:
        DefinitionDetail(self.definition_id).fetch(connection, actor, now)
        wanted = {start_event.c.kind: self.kind, start_event.c.name: self.name}
        statement = select(start_event).where(
            start_event.c.definition_id == self.definition_id,
            *(column == value for column, value in wanted.items() if value is not None),
        )
        return paged(connection, statement, keys_of(START_SORTS, self.sort), self.limit, self.after, _start)


@dataclass(frozen=True, slots=True)
class RestingList:
    """How many tokens of a definition's running instances rest at each element, or at least `least`."""

    permission: ClassVar[str] = "see"
    by_process: ClassVar[bool] = True
    definition_id: str
    least: int = 1
    sort: str = "element"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[VisitRow]:
        check_sees_all(connection, actor, self.definition_id)
        counted = (
            select(node.c.element_id, func.count().label("number"))
            .join(process_instance, process_instance.c.id == node.c.instance_id)
            .where(process_instance.c.definition_id == self.definition_id)
            .group_by(node.c.element_id)
            .having(func.count() >= self.least)
            .subquery()
        ).c
        sorts = {
            "element": (Key(counted.element_id),),
            "most": (Key(counted.number, descending=True), Key(counted.element_id)),
        }
        statement = select(counted.element_id, counted.number)
        return paged(connection, statement, keys_of(sorts, self.sort), self.limit, self.after, _rest)


@dataclass(frozen=True, slots=True)
class RestingTokens:
    """The tokens of an instance that rest, the oldest first; one that has ended has none."""

    permission: ClassVar[str] = "read"
    instance_id: str
    element_id: str | None = None
    state: str | None = None
    sort: str = "oldest"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[TokenRow]:
        instance = visible_instance(connection, actor, self.instance_id)
        wanted = {node.c.element_id: self.element_id, node.c.state: self.state}
        statement = select(node).where(
            node.c.root_id == instance.root_id,
            node.c.instance_id == instance.id,
            *(column == value for column, value in wanted.items() if value is not None),
        )
        return paged(connection, statement, keys_of(TOKEN_SORTS, self.sort), self.limit, self.after, token_row)


def _file(row: Row[Any]) -> ResourceRow:
    return ResourceRow(row.deployment_id, row.name, row.sha256, row.size)


def _start(row: Row[Any]) -> StartEventRow:
    return StartEventRow(row.definition_id, row.element_id, row.kind, row.name, row.expression)


def _rest(row: Row[Any]) -> VisitRow:
    return VisitRow(row.element_id, row.number)
