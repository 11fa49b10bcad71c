"""The migrations lead from nothing to the tables that the program declares."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from engine.persistence import Database, migrate
from engine.persistence.tables import metadata


def _is_told_alike(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """PostgreSQL writes the expressions of these indexes in its own way."""
    return not (kind == "index" and name in ("ix_ru_variable_value", "ix_ru_process_instance_business_key"))


def differences(database: Database) -> list[object]:
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"version_table": "procession_version", "compare_type": True, "include_object": _is_told_alike},
        )
        return list(compare_metadata(context, metadata))


def test_an_empty_database_gets_every_table(empty_database_url: str) -> None:
    migrate(empty_database_url)
    database = Database(empty_database_url)
    assert differences(database) == []
    database.close()


def test_a_second_time_changes_nothing(database: Database) -> None:
    migrate(database)
    assert differences(database) == []


def test_servers_that_start_at_once_wait_for_each_other(empty_database_url: str) -> None:
    program = "import sys; from engine.persistence import migrate; migrate(sys.argv[1])"
    servers = [
        subprocess.Popen([sys.executable, "-c", program, empty_database_url], stderr=subprocess.PIPE) for _ in range(3)
    ]
    assert [(server.communicate()[1], server.returncode) for server in servers] == [(b"", 0)] * 3


def test_threads_that_start_at_once_wait_for_each_other(empty_database_url: str) -> None:
    with ThreadPoolExecutor(3) as threads:
        for each in [threads.submit(migrate, empty_database_url) for _ in range(3)]:
            each.result()
