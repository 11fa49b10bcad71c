"""Forms are known by their id, in versions of their own."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ENDINGS = (".form", ".json")


def upgrade() -> None:
    form = op.create_table(
        "re_form",
        sa.Column(
            "deployment_id", sa.String(64), sa.ForeignKey("re_deployment.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.Text()),
        sa.PrimaryKeyConstraint("deployment_id", "name"),
    )
    op.create_index("ix_re_form_form_id", "re_form", ["form_id", "version"])
    _number(form)


def _number(form: sa.Table) -> None:
    """Give what was deployed before its versions, in the order in which it came."""
    resource = sa.table("re_resource", *map(sa.column, ("deployment_id", "name", "content", "sha256")))
    deployment = sa.table("re_deployment", *map(sa.column, ("id", "deployed_at")))
    connection = op.get_bind()
    files = connection.execute(
        sa.select(resource.c.deployment_id, resource.c.name, resource.c.content, resource.c.sha256)
        .join(deployment, deployment.c.id == resource.c.deployment_id)
        .where(sa.or_(*(sa.func.lower(resource.c.name).like(f"%{ending}") for ending in ENDINGS)))
        .order_by(deployment.c.deployed_at, deployment.c.id, resource.c.name)
    ).all()
    latest: dict[str, tuple[int, str]] = {}
    for file in files:
        identity = _identity(bytes(file.content))
        if identity is None:
            continue
        form_id, tag = identity
        version, sha256 = latest.get(form_id, (0, ""))
        version += sha256 != file.sha256
        latest[form_id] = (version, file.sha256)
        row = {"deployment_id": file.deployment_id, "name": file.name, "form_id": form_id}
        connection.execute(sa.insert(form), row | {"version": version, "version_tag": tag})


def _identity(content: bytes) -> tuple[str, str | None] | None:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not isinstance(document.get("components"), list):
        return None
    id, tag = document.get("id"), document.get("versionTag")
    if not isinstance(id, str) or not id:
        return None
    return id, tag if isinstance(tag, str) and tag else None
