"""A database, SQLite or PostgreSQL: how it is opened, read and written, and what a lost race looks like."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool, StaticPool

from engine.errors import Conflict, Invalid

WAIT_SECONDS = 30
# A connection that lay idle this long is looked at before it is used: the server may have gone meanwhile.
IDLE_SECONDS = 5.0
# What a second try may mend: serialization failure, deadlock, unique violation, lock not available (SQLSTATE).
_PASSWORD = re.compile(r"(?<!/):(?!//).*@", re.DOTALL)
_RACES = frozenset({"40001", "40P01", "23505", "55P03"})


class LostRace(Conflict):
    """Somebody else was faster: the thing has changed meanwhile."""


class Database:
    """One database. Writers on SQLite queue up here in the process; on PostgreSQL they queue at the rows they lock."""

    def __init__(self, url: str, *, connections: int = 16) -> None:
        self.url = _url(url)
        self.dialect = self.url.get_backend_name()
        self._in_memory = self.dialect == "sqlite" and self.url.database in (None, "", ":memory:")
        self._one_writer = threading.Lock()
        # Of the writer whose turn it is. To fetch one from the pool for each step would cost a tenth of it.
        self._writing: Connection | None = None
        self.engine = (
            _sqlite(self.url, self._in_memory) if self.dialect == "sqlite" else _postgresql(self.url, connections)
        )
        # Each statement of READ COMMITTED sees what is committed when it begins, so a reader gains nothing by BEGIN.
        alone = self.dialect != "sqlite"
        self._writer = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        self._reader = self.engine.execution_options(isolation_level="AUTOCOMMIT") if alone else self.engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes. Whoever opens it commits; if nobody does it is rolled back."""
        if self.dialect != "sqlite":
            with self._translated(), self.engine.connect() as connection:
                connection.begin()
                yield connection
            return
        with self._turn(), self._translated():
            connection = self._writing = self._writing or self._writer.connect()
            try:
                connection.begin()
                yield connection
                connection.rollback()
            except BaseException:
                self._writing = None
                connection.close()
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """To read only: on SQLite one moment's state, on PostgreSQL that of each statement."""
        turn = self._turn() if self._in_memory else nullcontext()
        with turn, self._translated(), self._reader.connect() as connection:
            connection.begin()
            yield connection

    @contextmanager
    def committing(self, connection: Connection) -> Iterator[None]:
        """Make the writes within, and commit. PostgreSQL is sent all of it before the first answer is awaited."""
        if self.dialect == "sqlite":
            yield
            connection.commit()
            return
        driver: Any = connection.connection.driver_connection
        try:
            with driver.pipeline():
                yield
                driver.execute("COMMIT")
        except BaseException:
            # A commit that fails here has failed at an earlier write, and leaves the driver in the middle of it.
            connection.invalidate()
            raise
        # The driver has nothing left to do; SQLAlchemy hears that the transaction is over.
        connection.commit()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._one_writer.acquire(timeout=WAIT_SECONDS):
            raise LostRace("The database is busy.", fix="Try again in a moment.")
        try:
            yield
        finally:
            self._one_writer.release()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what means `somebody was faster` into LostRace; everything else stays what it is."""
        try:
            yield
        except PoolTimeout as error:
            raise LostRace("The database is busy.", fix="Try again in a moment.") from error
        except (DBAPIError, self.engine.dialect.loaded_dbapi.Error) as error:
            if _is_race(error.orig if isinstance(error, DBAPIError) else error):
                raise LostRace from error
            raise

    def close(self) -> None:
        if self._writing is not None:
            self._writing.close()
        self.engine.dispose()


def _url(text: str) -> URL:
    try:
        url = make_url(text.replace("postgres://", "postgresql://", 1) if text.startswith("postgres://") else text)
    except (ArgumentError, ValueError) as error:
        # Messages are read by more people than may know it.
        text = _PASSWORD.sub(":***@", text)
        raise Invalid(
            f"{text!r} is no database address.", fix="Write sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from error
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise Invalid(f"{url.get_backend_name()} is no database that is supported.", fix="Use SQLite or PostgreSQL.")
    return url


def _postgresql(url: URL, connections: int) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        pool_use_lifo=True,
        isolation_level="READ COMMITTED",
        connect_args={"options": "-c timezone=UTC"},
    )

    @event.listens_for(engine, "checkout")
    def look(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("used", 0.0) < IDLE_SECONDS:
            return
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except engine.dialect.loaded_dbapi.Error as error:
            # The pool then opens another one.
            raise DisconnectionError from error

    @event.listens_for(engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info["used"] = time.monotonic()

    return engine


def _sqlite(url: URL, in_memory: bool) -> Engine:
    if in_memory:
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=8,
            max_overflow=56,
            pool_timeout=WAIT_SECONDS,
            connect_args={"check_same_thread": False, "timeout": WAIT_SECONDS},
        )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver would begin transactions by itself, and too late to lock; they are begun below instead.
        connection.isolation_level = None
        if not in_memory:
            _use_write_ahead_log(connection)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # By the driver itself: this is the first statement of every command and every query.
        driver: Any = connection.connection
        driver.execute(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Kept in the file, so set once; SQLite itself does not wait when another process has the file at that moment."""
    deadline = time.monotonic() + WAIT_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _is_race(error: BaseException | None) -> bool:
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return state in _RACES
    text = str(error)
    if isinstance(error, sqlite3.IntegrityError):
        return text.startswith("UNIQUE constraint failed")
    return "database is locked" in text or "database table is locked" in text
