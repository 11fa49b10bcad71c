"""Deployments, the bytes as they were uploaded, and the bindings kept beside a process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, select, true

from engine.errors import NotFound
from engine.forms.documents import FormWanted, fixed_when_begun
from engine.identity import Actor
from engine.persistence.forms import form_document
from engine.persistence.tables import binding, deployment, process_definition, resource
from engine.queries.page import Key, Page, Sorts, keys_of, paged
from engine.services.binding import Binding


@dataclass(frozen=True, slots=True)
class DeploymentRow:
    """One act of deploying."""

    id: str
    name: str
    source: str | None
    deployed_at: datetime
    deployed_by: str | None


DEPLOYMENT_SORTS: Sorts = {
    "newest": (Key(deployment.c.deployed_at, descending=True), Key(deployment.c.id)),
    "oldest": (Key(deployment.c.deployed_at), Key(deployment.c.id)),
    "name": (Key(deployment.c.name), Key(deployment.c.id)),
}


@dataclass(frozen=True, slots=True)
class DeploymentList:
    """Deployments, the newest first. `search` is in their names."""

    permission: ClassVar[str] = "read"
    search: str = ""
    deployed_by: str | None = None
    deployed_after: datetime | None = None
    deployed_before: datetime | None = None
    sort: str = "newest"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[DeploymentRow]:
        table, text = deployment.c, self.search.strip()
        statement = select(deployment).where(
            table.name.icontains(text, autoescape=True) if text else true(),
            table.deployed_by == self.deployed_by if self.deployed_by is not None else true(),
            table.deployed_at >= self.deployed_after if self.deployed_after is not None else true(),
            table.deployed_at < self.deployed_before if self.deployed_before is not None else true(),
        )
        keys = keys_of(DEPLOYMENT_SORTS, self.sort)
        return paged(connection, statement, keys, self.limit, self.after, _deployment_row)


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A deployed file, byte by byte as it came. `sha256` is of the bytes."""

    deployment_id: str
    name: str
    content: bytes
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Resource:
    """The file that a definition came in, or the file `name` of a deployment."""

    permission: ClassVar[str] = "read"
    definition_id: str | None = None
    deployment_id: str | None = None
    name: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> ResourceView:
        statement = select(resource)
        if self.definition_id is not None:
            same = (resource.c.deployment_id == process_definition.c.deployment_id) & (
                resource.c.name == process_definition.c.resource
            )
            statement = statement.join(process_definition, same).where(process_definition.c.id == self.definition_id)
        else:
            statement = statement.where(resource.c.deployment_id == self.deployment_id, resource.c.name == self.name)
        row = connection.execute(statement).one_or_none()
        if row is None:
            raise NotFound("There is no such file.")
        return ResourceView(row.deployment_id, row.name, bytes(row.content), row.sha256, row.size)


@dataclass(frozen=True, slots=True)
class DeployedForm:
    """The form-js document that a definition's model means, None where it is not there.

    `begun` is when the task began that asks for it. Without a definition: what a model yet to be deployed would get.
    """

    permission: ClassVar[str] = "read"
    wanted: FormWanted
    definition_id: str | None = None
    begun: datetime | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> str | None:
        table = process_definition.c
        found = select(table.deployment_id, table.dialect).where(table.id == (self.definition_id or ""))
        row = connection.execute(found).one_or_none()
        if row is None:
            return form_document(connection, self.wanted, "")
        at = self.begun if fixed_when_begun(row.dialect) else None
        return form_document(connection, self.wanted, row.deployment_id, at)


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A deployed file without its bytes."""

    deployment_id: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Resources:
    """The files of a deployment."""

    permission: ClassVar[str] = "read"
    deployment_id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[ResourceRow, ...]:
        columns = (resource.c.deployment_id, resource.c.name, resource.c.sha256, resource.c.size)
        statement = select(*columns).where(resource.c.deployment_id == self.deployment_id).order_by(resource.c.name)
        return tuple(
            ResourceRow(row.deployment_id, row.name, row.sha256, row.size) for row in connection.execute(statement)
        )


@dataclass(frozen=True, slots=True)
class Bindings:
    """The bindings of a process by subject: an element id, `topic:<name>` or `class:<name>`. They may hold secrets."""

    permission: ClassVar[str] = "deploy"
    key: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> dict[str, Binding]:
        statement = select(binding).where(binding.c.key == self.key).order_by(binding.c.subject)
        return {row.subject: Binding(row.kind, row.target, row.options) for row in connection.execute(statement)}


@dataclass(frozen=True, slots=True)
class BindingView:
    """A binding with the process it belongs to. It may hold secrets."""

    key: str
    subject: str
    kind: str
    target: str
    options: dict[str, Any]


BINDING_SORTS: Sorts = {
    "key": (Key(binding.c.key), Key(binding.c.subject)),
    "subject": (Key(binding.c.subject), Key(binding.c.key)),
    "target": (Key(binding.c.target), Key(binding.c.key), Key(binding.c.subject)),
}


@dataclass(frozen=True, slots=True)
class BindingList:
    """The bindings of all processes, by process."""

    permission: ClassVar[str] = "deploy"
    key: str | None = None
    subject: str | None = None
    kind: str | None = None
    sort: str = "key"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[BindingView]:
        wanted = {binding.c.key: self.key, binding.c.subject: self.subject, binding.c.kind: self.kind}
        statement = select(binding).where(*(column == value for column, value in wanted.items() if value is not None))
        return paged(connection, statement, keys_of(BINDING_SORTS, self.sort), self.limit, self.after, _binding_view)


def _binding_view(row: Row[Any]) -> BindingView:
    return BindingView(row.key, row.subject, row.kind, row.target, row.options)


def _deployment_row(row: Row[Any]) -> DeploymentRow:
    return DeploymentRow(row.id, row.name, row.source, row.deployed_at, row.deployed_by)
