"""What was done becomes a chain: each entry has a number, its digest, and the digest of the one before it."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.persistence.act_chain import START, Entry, digest_of

revision = "0015"
down_revision = "0014"

BATCH = 1000
CHAINED: dict[str, sa.types.TypeEngine[Any]] = {
    "number": sa.Integer(),
    "previous": sa.String(length=64),
    "digest": sa.String(length=64),
}


def upgrade() -> None:
    for name, kind in CHAINED.items():
        op.add_column("hi_act", sa.Column(name, kind, nullable=True))
    last = _chain(op.get_bind())
    with op.batch_alter_table("hi_act") as table:
        for name, kind in CHAINED.items():
            table.alter_column(name, existing_type=kind, nullable=False)
    op.create_index("ix_hi_act_number", "hi_act", ["number"], unique=True)
    op.drop_index("ix_hi_act_subject", "hi_act")
    op.create_index("ix_hi_act_subject", "hi_act", ["subject", "number"])
    head = op.create_table(
        "hi_act_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hi_act_head"),
    )
    op.bulk_insert(head, [{"id": 1, "number": last[0], "digest": last[1]}])


def _chain(connection: sa.Connection) -> tuple[int, str]:
    """Chain what is there in the order of the ids, which is that of time; where the chain ends then."""
    number, digest = 0, START
    change = sa.text("UPDATE hi_act SET number = :number, previous = :previous, digest = :digest WHERE id = :id")
    for rows in _batches(connection):
        changes = []
        for row in rows:
            entry = Entry(number + 1, digest, "", *row)
            number, digest = entry.number, digest_of(entry)
            changes.append({"number": number, "previous": entry.previous, "digest": digest, "id": entry.id})
        connection.execute(change, changes)
    return number, digest


def _batches(connection: sa.Connection) -> Iterator[list[Any]]:
    """Asked by the last id: what is read must not hang on a cursor over rows that are changed meanwhile."""
    columns = "id, at, actor, act, subject, data"
    batch = sa.text(f"SELECT {columns} FROM hi_act WHERE id > :after ORDER BY id LIMIT {BATCH}")
    after = ""
    while rows := list(connection.execute(batch, {"after": after})):
        yield rows
        after = rows[-1].id
