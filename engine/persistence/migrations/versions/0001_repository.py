"""The tables of what is deployed."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.types import Moment, Structure

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "re_binding",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("options", Structure(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by", sa.Text()),
        sa.PrimaryKeyConstraint("key", "subject", name="pk_re_binding"),
    )
    op.create_table(
        "re_deployment",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("deployed_at", Moment(), nullable=False),
        sa.Column("deployed_by", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_re_deployment"),
    )
    op.create_index("ix_re_deployment_deployed_at", "re_deployment", ["deployed_at"])
    op.create_table(
        "re_revision",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_re_revision"),
    )
    op.create_table(
        "re_process_definition",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("deployment_id", sa.String(length=64), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("guided", sa.Boolean(), nullable=False),
        sa.Column("dialect", sa.Text(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("verdict", Structure()),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["re_deployment.id"], name="fk_re_process_definition_deployment_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_re_process_definition"),
        sa.UniqueConstraint("key", "version", name="uq_re_process_definition_key_version"),
    )
    op.create_index("ix_re_process_definition_deployment_id", "re_process_definition", ["deployment_id"])
    op.create_index("ix_re_process_definition_latest", "re_process_definition", ["latest", "key"])
    op.create_table(
        "re_resource",
        sa.Column("deployment_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["re_deployment.id"], name="fk_re_resource_deployment_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("deployment_id", "name", name="pk_re_resource"),
    )
    op.create_index("ix_re_resource_sha256", "re_resource", ["sha256"])
    op.create_table(
        "re_start_event",
        sa.Column("definition_id", sa.String(length=64), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("expression", sa.Text()),
        sa.Column("details", Structure()),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["re_process_definition.id"], name="fk_re_start_event_definition_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("definition_id", "element_id", name="pk_re_start_event"),
    )
    op.create_index("ix_re_start_event_name", "re_start_event", ["kind", "name"])
    op.bulk_insert(sa.table("re_revision", sa.column("name"), sa.column("number")), [{"name": "bindings", "number": 0}])
