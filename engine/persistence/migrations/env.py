"""Alembic's entry: migrations run on the connection they are handed, in one transaction."""

from alembic import context
from sqlalchemy import Connection, text

from engine.persistence.migrate import VERSION_TABLE
from engine.persistence.tables import metadata

# Any number that all servers agree on: PostgreSQL's advisory lock lets one migrate while the others wait.
MIGRATING = 0x50524F43

connection: Connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, version_table=VERSION_TABLE)
with context.begin_transaction():
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATING})"))
    context.run_migrations()
