"""`id_`: users, groups, grants, sessions and API tokens. Passwords and tokens are here as hashes only."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, false

from engine.persistence.tables.metadata import metadata
from engine.persistence.types import Moment, Structure

user = Table(
    "id_user",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text),
    Column("email", Text),
    Column("password", Text),
    Column("permissions", Structure, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("must_change", Boolean, nullable=False, server_default=false()),
    Column("language", String(16)),
    Column("zone", String(64)),
    Column("theme", String(16)),
    Column("mail_mentions", Boolean, nullable=False, server_default=false()),
    Column("mail_tasks", Boolean, nullable=False, server_default=false()),
    Column("page_size", Integer),
)

group = Table(
    "id_group",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text),
    Column("permissions", Structure, nullable=False),
)

membership = Table(
    "id_membership",
    metadata,
    Column("user_id", ForeignKey("id_user.id", ondelete="CASCADE"), primary_key=True),
    Column("group_id", ForeignKey("id_group.id", ondelete="CASCADE"), primary_key=True),
)
Index("ix_id_membership_group_id", membership.c.group_id)

grant = Table(
    "id_grant",
    metadata,
    Column("key", Text, primary_key=True),
    Column("grant", String(16), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("granted_at", Moment, nullable=False),
    Column("granted_by", Text),
)
Index("ix_id_grant_subject", grant.c.kind, grant.c.subject)

session = Table(
    "id_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user_id", ForeignKey("id_user.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("data", Structure, nullable=False),
    Column("address", Text),
    Column("agent", Text),
)

token = Table(
    "id_api_token",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("user_id", ForeignKey("id_user.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("permissions", Structure, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
)
Index("ix_id_api_token_token_hash", token.c.token_hash, unique=True)
