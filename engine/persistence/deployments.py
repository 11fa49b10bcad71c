"""Deployments and the bytes that came with them, exactly as they came."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert

from engine.forms.documents import FormWanted
from engine.persistence import rows, tables
from engine.persistence.forms import form_document, keep_form


@dataclass(frozen=True, slots=True)
class Deployment:
    id: str
    name: str
    source: str | None
    deployed_at: datetime
    deployed_by: str | None


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of a deployment. The hash and the size are those of the content."""

    deployment_id: str
    name: str
    content: bytes = field(repr=False)
    sha256: str
    size: int

    @classmethod
    def of(cls, deployment_id: str, name: str, content: bytes) -> Resource:
        return cls(deployment_id, name, content, hashlib.sha256(content).hexdigest(), len(content))


_deployments = rows.read(tables.deployment, Deployment)
_resources = rows.read(tables.resource, Resource)


class Deployments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, deployment: Deployment, resources: list[Resource]) -> None:
        self._connection.execute(insert(tables.deployment), rows.as_columns(deployment))
        if resources:
            self._connection.execute(insert(tables.resource), [rows.as_columns(each) for each in resources])
        for each in resources:
            keep_form(self._connection, deployment.id, each.name, each.content, each.sha256)

    def get(self, deployment_id: str) -> Deployment | None:
        row = self._connection.execute(_deployments.where(tables.deployment.c.id == deployment_id)).first()
        return Deployment(*row) if row else None

    def resource(self, deployment_id: str, name: str) -> Resource | None:
        where = (tables.resource.c.deployment_id == deployment_id, tables.resource.c.name == name)
        row = self._connection.execute(_resources.where(*where)).first()
        return Resource(*row) if row else None

    def resources(self, deployment_id: str) -> list[Resource]:
        found = self._connection.execute(
            _resources.where(tables.resource.c.deployment_id == deployment_id).order_by(tables.resource.c.name)
        )
        return [Resource(*row) for row in found]

    def form(self, wanted: FormWanted, deployment_id: str, at: datetime | None = None) -> str | None:
        """The document of a form that a model of this deployment names; `at`: as it was deployed then."""
        return form_document(self._connection, wanted, deployment_id, at)

    def delete(self, deployment_id: str) -> bool:
        """Delete it with its resources, definitions, start events; the database refuses while instances remain."""
        done = self._connection.execute(delete(tables.deployment).where(tables.deployment.c.id == deployment_id))
        return done.rowcount > 0
