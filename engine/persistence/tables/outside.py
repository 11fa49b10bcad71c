"""`re_webhook`: who outside is told what happens. The secret is kept as it is: each message is signed with it."""

from sqlalchemy import Column, String, Table, Text

from engine.persistence.tables.metadata import metadata
from engine.persistence.types import Moment, Structure

webhook = Table(
    "re_webhook",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("kinds", Structure, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text),
)
