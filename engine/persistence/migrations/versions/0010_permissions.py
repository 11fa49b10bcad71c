"""Grants of processes, who may start what a model keeps for some, what was done to the installation, and profiles."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.types import Moment, Structure

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "id_grant",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("grant", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("granted_at", Moment(), nullable=False),
        sa.Column("granted_by", sa.Text()),
        sa.PrimaryKeyConstraint("key", "grant", "kind", "subject", name="pk_id_grant"),
    )
    op.create_index("ix_id_grant_subject", "id_grant", ["kind", "subject"])
    op.create_table(
        "re_starter",
        sa.Column("definition_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["re_process_definition.id"],
            name="fk_re_starter_definition_id_re_process_definition",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("definition_id", "kind", "value", name="pk_re_starter"),
    )
    op.create_table(
        "hi_act",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", sa.Text()),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("data", Structure(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hi_act"),
    )
    op.create_index("ix_hi_act_subject", "hi_act", ["subject", "id"])
    op.add_column("id_session", sa.Column("address", sa.Text()))
    op.add_column("id_session", sa.Column("agent", sa.Text()))
    op.add_column("id_user", sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name, length in (("language", 16), ("zone", 64), ("theme", 16)):
        op.add_column("id_user", sa.Column(name, sa.String(length=length)))
