"""Forms by their id, whichever deployment they came with: each content is a version of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select

from engine.forms.documents import FormWanted, find_form, form_identity
from engine.persistence.tables import deployment, form, resource


@dataclass(frozen=True, slots=True)
class Latest:
    version: int
    sha256: str


def keep_form(connection: Connection, deployment_id: str, name: str, content: bytes, sha256: str) -> None:
    """Keep under which id and version a file of a deployment is known, if it is such a form."""
    identity = form_identity(name, content)
    if identity is None:
        return
    form_id, tag = identity
    before = _latest(connection, form_id)
    # The same form once more is no other version; it is the one of this deployment, too.
    version = 1 if before is None else before.version + (before.sha256 != sha256)
    row = {"deployment_id": deployment_id, "name": name, "form_id": form_id, "version": version, "version_tag": tag}
    connection.execute(insert(form), row)


def form_document(
    connection: Connection, wanted: FormWanted, deployment_id: str, at: datetime | None = None
) -> str | None:
    """The form-js document that is meant in a model of that deployment; `at`: as it was deployed then.

    None where it is not there. A form of the same deployment may be named by its file, too.
    """
    found = connection.execute(
        select(resource.c.content)
        .join(form, (form.c.deployment_id == resource.c.deployment_id) & (form.c.name == resource.c.name))
        .join(deployment, deployment.c.id == form.c.deployment_id)
        .where(form.c.form_id == wanted.name, *_meant(wanted, deployment_id))
        .where(*([] if at is None else [deployment.c.deployed_at <= at]))
        .order_by(deployment.c.deployed_at.desc(), form.c.version.desc())
        .limit(1)
    ).scalar()
    if found is not None:
        return bytes(found).decode("utf-8", "replace")
    return _beside(connection, wanted.name, deployment_id) if wanted.binding in ("deployment", "latest") else None


def _meant(wanted: FormWanted, deployment_id: str) -> Iterable[ColumnElement[bool]]:
    if wanted.binding == "deployment":
        return (form.c.deployment_id == deployment_id,)
    if wanted.binding == "versionTag":
        return (form.c.version_tag == (wanted.version or ""),)
    if wanted.binding == "version":
        text = (wanted.version or "").strip()
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        return (form.c.version == number,)
    return ()


def _beside(connection: Connection, name: str, deployment_id: str) -> str | None:
    files = select(resource.c.name, resource.c.content).where(resource.c.deployment_id == deployment_id)
    return find_form({row.name: bytes(row.content) for row in connection.execute(files)}, name)


def _latest(connection: Connection, form_id: str) -> Latest | None:
    row = connection.execute(
        select(form.c.version, resource.c.sha256)
        .join(resource, (resource.c.deployment_id == form.c.deployment_id) & (resource.c.name == form.c.name))
        .where(form.c.form_id == form_id)
        .order_by(form.c.version.desc())
        .limit(1)
    ).first()
    return Latest(row.version, row.sha256) if row is not None else None
