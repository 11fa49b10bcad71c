"""`id_`: users, groups, sessions and API tokens. Passwords and tokens are here as hashes only."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text

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

session = Table(
    "id_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user_id", ForeignKey("id_user.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("data", Structure, nullable=False),
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
