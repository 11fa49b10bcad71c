"""The migrations lead from nothing to the tables that the program declares."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from engine.identity import SYSTEM
from engine.persistence import Database, migrate
from engine.persistence.migrate import FOLDER
from engine.persistence.tables import metadata
from engine.processengine import ProcessEngine
from engine.queries import ActChain, ActList


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


def migrate_until(url: str, revision: str, *then: str) -> None:
    """The tables as they were then, and what was written into them."""
    config, database = Config(), Database(url)
    config.set_main_option("script_location", str(FOLDER))
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for statement in then:
            connection.execute(text(statement))
        connection.commit()
    database.close()


def test_what_was_done_before_there_was_a_chain_is_chained(empty_database_url: str) -> None:
    columns = "INSERT INTO hi_act (id, at, actor, act, subject, data) VALUES "
    at = "2026-03-01T12:00:00.000000Z"
    lines = [f"{columns}('{number:04}', '{at}', 'otto', 'join', 'Clerk', '{{}}')" for number in range(1500)]
    migrate_until(empty_database_url, "0014", *lines)
    engine = ProcessEngine(empty_database_url)
    chain = engine.query(ActChain(), SYSTEM)
    assert (chain.intact, chain.entries, chain.last.number) == (True, 1500, 1500)
    assert [(row.number, row.id) for row in engine.query(ActList(sort="oldest", limit=2), SYSTEM).rows] == [
        (1, "0000"),
        (2, "0001"),
    ]
    engine.close()


def test_forms_that_were_deployed_before_get_their_versions(empty_database_url: str) -> None:
    first, second = (f'{{"id": "claim", "components": [], "versionTag": "{tag}"}}' for tag in ("v1", "v2"))
    files = [(1, "claim.form", first), (2, "claim.form", first), (3, "claim.json", second), (3, "odd.json", "[1]")]
    lines = [
        "INSERT INTO re_deployment (id, name, deployed_at) VALUES "
        f"('{number}', 'd', '2026-03-0{number}T12:00:00.000000Z')"
        for number in (1, 2, 3)
    ]
    lines += [
        "INSERT INTO re_resource (deployment_id, name, content, sha256, size) VALUES "
        f"('{number}', '{name}', {_bytes(empty_database_url, content)}, '{hash(content)}', {len(content)})"
        for number, name, content in files
    ]
    migrate_until(empty_database_url, "0017", *lines)
    migrate(empty_database_url)
    database = Database(empty_database_url)
    with database.reading() as connection:
        columns = "deployment_id, name, form_id, version, version_tag"
        rows = connection.execute(text(f"SELECT {columns} FROM re_form ORDER BY deployment_id"))
        assert [tuple(row) for row in rows] == [
            ("1", "claim.form", "claim", 1, "v1"),
            ("2", "claim.form", "claim", 1, "v1"),
            ("3", "claim.json", "claim", 2, "v2"),
        ]
    database.close()


def _bytes(url: str, content: str) -> str:
    """The literal of bytes as this database has it."""
    written = content.encode().hex()
    return f"X'{written}'" if url.startswith("sqlite") else f"decode('{written}', 'hex')"
