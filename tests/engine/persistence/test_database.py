"""How a database is opened, and what happens when others are at it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from engine.persistence import Database, LostRace, database, migrate, tables


def test_a_server_that_was_restarted_is_found_again(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "IDLE_SECONDS", 0.0)
    opened = Database(database_url, connections=2)
    with opened.reading() as connection:
        connection.execute(text("SELECT 1"))
    if opened.dialect == "postgresql":
        killer = Database(database_url, connections=1)
        with killer.reading() as connection:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
        killer.close()
    with opened.reading() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    opened.close()


def test_sqlite_is_durable_and_readable_while_it_is_written(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    migrate(url)
    opened = Database(url)
    with opened.writing() as writer:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [writer.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
        assert found == ["wal", 2, 1, 30_000]
        writer.execute(update(tables.revision).values(number=7))
        with opened.reading() as reader:
            assert reader.scalar(select(tables.revision.c.number)) == 0
        writer.commit()
    with opened.reading() as reader:
        assert reader.scalar(select(tables.revision.c.number)) == 7
    opened.close()


def test_writers_take_turns(database_url: str) -> None:
    """Each reads and writes back; nothing is lost, on one server or two."""
    servers = [Database(database_url, connections=4) for _ in range(2)]

    def count(number: int) -> None:
        with servers[number % 2].writing() as connection:
            now = connection.scalar(select(tables.revision.c.number).with_for_update())
            connection.execute(update(tables.revision).values(number=now + 1))
            connection.commit()

    with ThreadPoolExecutor(12) as threads:
        for each in [threads.submit(count, number) for number in range(60)]:
            each.result()
    with servers[0].reading() as connection:
        assert connection.scalar(select(tables.revision.c.number)) == 60
    for server in servers:
        server.close()


def test_a_writer_that_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    url = f"sqlite:///{tmp_path / 'test.db'}"
    opened, other = Database(url), Database(url)
    with opened.writing() as writer:
        writer.execute(text("SELECT 1"))
        with pytest.raises(LostRace, match="busy"), opened.writing():
            pass
        with pytest.raises(LostRace), other.writing() as second:
            second.execute(text("SELECT 1"))
    opened.close()
    other.close()
