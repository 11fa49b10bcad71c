"""Bring an empty or older database to the tables of today."""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from engine.persistence.database import Database

# Alembic's `context` belongs to the process, not to the thread.
_one_at_a_time = threading.Lock()
FOLDER = Path(__file__).parent / "migrations"
VERSION_TABLE = "procession_version"


def migrate(database: Database | str) -> None:
    """Run the migrations that the database has not seen. Two servers that start at once wait for each other."""
    if isinstance(database, str):
        opened = Database(database)
        try:
            migrate(opened)
        finally:
            opened.close()
        return
    config = _config()
    with _one_at_a_time, database.writing() as connection:
        transaction = connection.get_transaction()
        assert transaction is not None
        with transaction:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def is_current(connection: Connection) -> bool:
    """Are the tables those of this version, no older and no newer?"""
    wanted = ScriptDirectory.from_config(_config()).get_current_head()
    return (
        MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision() == wanted
    )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config
