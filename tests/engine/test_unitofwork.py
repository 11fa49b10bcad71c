"""One command, one transaction: all is saved or nothing, and who comes late finds what has changed."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence import Database, LostRace, prepared, tables
from engine.persistence.ids import new_id
from engine.persistence.instances import Instance
from engine.persistence.jobs import Job
from engine.persistence.library import Specs
from engine.persistence.liveroots import LiveRoots
from engine.runtime.records import EventRecord, JobRecord, UserTaskRecord
from engine.unitofwork import UnitOfWork

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA = Actor("ada")


class Server:
    """One process with its own memory on a shared database."""

    def __init__(self, database: Database, root_class: type) -> None:
        self.database = database
        self.root_class = root_class
        self.live = LiveRoots(10)

    @contextmanager
    def command(self, now: datetime = NOW, actor: Actor = ADA) -> Iterator[UnitOfWork]:
        with self.database.writing() as connection:
            uow = UnitOfWork(connection, self.live, Specs(_nothing_to_compile, 1), self.root_class, now, actor)
            yield uow
            uow.commit(self.database)


def _nothing_to_compile(*_: Any) -> Any:
    raise AssertionError


@pytest.fixture
def server(database: Database, imaginary_root: type) -> Server:
    return Server(database, imaginary_root)


@pytest.fixture
def other(database_url: str, imaginary_root: type) -> Iterator[Server]:
    """Another server: nothing is shared with the first but the database."""
    opened = Database(database_url, connections=8)
    yield Server(opened, imaginary_root)
    opened.close()


@pytest.fixture
def started(server: Server, definition_id: str) -> str:
    with server.command() as uow:
        return uow.new_root().start(definition_id, business_key="O-1")


def instance(server: Server, instance_id: str) -> Instance:
    with server.command() as uow:
        found = uow.instances.get(instance_id)
    assert found is not None
    return found


def events(server: Server, root_id: str) -> list[EventRecord]:
    with server.command() as uow:
        return list(uow.history.of_root(root_id))


def set_amount(root: Any, text: str) -> None:
    root.variables[1, "amount"] = text
    root.record("variable-set", root.root_id, scope=1, name="amount", value=text)


def test_what_a_command_did_is_there_for_the_next(server: Server, started: str) -> None:
    with server.command() as uow:
        set_amount(uow.root(started), "7")
    with server.command() as uow:
        assert uow.root(started).variables == {(1, "amount"): "7"}
    assert instance(server, started).revision == 1


def test_a_command_that_fails_leaves_nothing_behind(server: Server, started: str) -> None:
    def fail(uow: UnitOfWork) -> None:
        set_amount(uow.root(started), "7")
        uow.jobs.add(Job("j", "timer", NOW, NOW))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), server.command() as uow:
        fail(uow)
    with server.command() as uow:
        assert uow.root(started).variables == {}
        assert uow.jobs.get("j") is None
    assert len(server.live) == 1


def test_a_command_that_changes_nothing_writes_nothing(server: Server, started: str) -> None:
    with server.command() as uow:
        uow.root(started)
    assert instance(server, started).revision == 0


def test_a_root_in_memory_is_used_again(server: Server, started: str) -> None:
    with server.command() as uow:
        first = uow.root(started)
    with server.command(NOW + timedelta(hours=1), Actor("bob")) as uow:
        assert uow.root(started) is first
        assert uow.root(started) is first
        assert (first.now, first.actor) == (NOW + timedelta(hours=1), "bob")


def test_a_root_that_another_server_moved_is_read_again(server: Server, other: Server, started: str) -> None:
    with other.command() as uow:
        set_amount(uow.root(started), "7")
    with server.command() as uow:
        root = uow.root(started)
        assert root.variables == {(1, "amount"): "7"}
        set_amount(root, "8")
    with other.command() as uow:
        assert uow.root(started).variables == {(1, "amount"): "8"}


def test_a_root_that_has_ended_is_not_kept(server: Server, started: str) -> None:
    with server.command() as uow:
        uow.root(started).end()
    assert len(server.live) == 0
    assert instance(server, started).state == "cancelled"


def test_a_changed_binding_makes_roots_read_again(server: Server, started: str) -> None:
    with server.command() as uow:
        first = uow.root(started)
    with server.command() as uow:
        uow.bindings.remove("orders", "nothing")
    with server.command() as uow:
        assert uow.root(started) is not first


def test_lines_of_history_share_the_numbers_of_steps(server: Server, other: Server, started: str) -> None:
    with server.command() as uow:
        uow.record(started, started, "task-claimed", token=1)
        uow.record(started, started, "task-released", token=1)
    with other.command() as uow:
        uow.record(started, started, "task-claimed", token=2)
        set_amount(uow.root(started), "7")
        uow.record(started, started, "task-claimed", token=3)
    with server.command() as uow:
        set_amount(uow.root(started), "8")
    told = events(server, started)
    assert [event.number for event in told] == list(range(1, len(told) + 1))
    assert [event.kind for event in told[3:]] == [
        "task-claimed",
        "task-released",
        "task-claimed",
        "variable-set",
        "task-claimed",
        "variable-set",
    ]
    assert instance(server, started).event_count == len(told)


def test_what_is_not_there_is_not_found(server: Server, started: str) -> None:
    nothing: list[Callable[[UnitOfWork], object]] = [
        lambda uow: uow.root("gone"),
        lambda uow: uow.user_task(f"{started}-99"),
        lambda uow: uow.job("gone"),
        lambda uow: uow.incident(f"{started}-99"),
        lambda uow: uow.subscription("gone-1"),
    ]
    for look in nothing:
        with pytest.raises(NotFound), server.command() as uow:
            look(uow)


def test_a_step_says_when_its_earliest_job_is_due(server: Server, started: str) -> None:
    with server.command() as uow:
        root = uow.root(started)
        root.record("job-opened", started)
        for number in (3, 1, 2):
            due = NOW + timedelta(hours=number)
            root._step.opened.append(JobRecord(10 + number, started, "timer", NOW, due))
    assert uow.due == NOW + timedelta(hours=1)


def test_fifty_at_once_on_one_root_all_succeed(server: Server, other: Server, started: str) -> None:
    """A step of each; half of them on another server."""

    def complete(number: int) -> None:
        with (server, other)[number % 2].command() as uow:
            root = uow.root(started)
            root.variables[1, f"done{number}"] = "true"
            root.record("variable-set", started, scope=1, name=f"done{number}", value="true")

    with ThreadPoolExecutor(16) as people:
        for each in [people.submit(complete, number) for number in range(50)]:
            each.result()
    assert instance(server, started).revision == 50
    with server.command() as uow:
        assert len(uow.root(started).variables) == 50
    told = events(server, started)
    assert [event.number for event in told] == list(range(1, 54))


def test_two_roots_do_not_wait_for_each_other(server: Server, definition_id: str) -> None:
    if server.database.dialect == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    ids = []
    for _ in range(2):
        with server.command() as uow:
            ids.append(uow.new_root().start(definition_id))
    both_hold_theirs = threading.Barrier(2, timeout=10)

    def move(root_id: str) -> None:
        with server.command() as uow:
            set_amount(uow.root(root_id), "7")
            both_hold_theirs.wait()

    with ThreadPoolExecutor(2) as people:
        for each in [people.submit(move, root_id) for root_id in ids]:
            each.result()


def test_two_who_lock_crosswise_are_told_apart(server: Server, other: Server, definition_id: str) -> None:
    """PostgreSQL ends one of them; the engine then repeats that command."""
    if server.database.dialect == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    ids = []
    for _ in range(2):
        with server.command() as uow:
            ids.append(uow.new_root().start(definition_id))
    both_hold_one = threading.Barrier(2, timeout=10)

    def move(at: Server, first: str, second: str) -> str:
        try:
            with at.command() as uow:
                uow.lock(first)
                both_hold_one.wait()
                uow.lock(second)
        except LostRace:
            return "lost"
        return "won"

    with ThreadPoolExecutor(2) as people:
        ways = [people.submit(move, server, *ids), people.submit(move, other, *reversed(ids))]
        assert sorted(each.result() for each in ways) == ["lost", "won"]


def test_a_race_seen_at_the_commit_only_leaves_nothing(server: Server, started: str) -> None:
    def forge(uow: UnitOfWork) -> None:
        set_amount(uow.root(started), "7")
        number = uow.root(started).event_count
        uow.history.append(started, [EventRecord(number, started, NOW, "forged")])

    with pytest.raises(LostRace), server.command() as uow:
        forge(uow)
    assert len(server.live) == 0
    with server.command() as uow:
        assert uow.root(started).variables == {}
        set_amount(uow.root(started), "8")
    assert instance(server, started).revision == 1


def test_completing_a_task_takes_few_statements(server: Server, started: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def task(number: int) -> UserTaskRecord:
        return UserTaskRecord(number, 1, started, "Approve", NOW, candidate_groups=("sales",))

    with server.command() as uow:
        root = uow.root(started)
        root._token(random.Random(1))
        root.waits[10] = task(10)
        root._step.opened.append(root.waits[10])
    seen: list[str] = []
    cursor = prepared._cursor
    monkeypatch.setattr(prepared, "_cursor", lambda connection: Noting(cursor(connection), seen))
    with server.command() as uow:
        root = uow.root(started)
        assert uow.user_tasks.get(f"{started}-10") is not None
        root._remove(2)
        root._token(random.Random(1))
        del root.waits[10]
        root._step.closed_user_tasks.append(10)
        root.waits[11] = task(11)
        root._step.opened.append(root.waits[11])
    assert [sql.split()[0] for sql in seen if sql.split()[0] != "BEGIN"] == [
        "SELECT",
        "SELECT",
        "UPDATE",
        "INSERT",
        "DELETE",
        "INSERT",
        "DELETE",
        "INSERT",
        "INSERT",
    ]


class Noting:
    """A driver's cursor that notes what it is given."""

    def __init__(self, cursor: Any, seen: list[str]) -> None:
        self._cursor, self._seen = cursor, seen

    def execute(self, sql: str, values: Any) -> None:
        self._seen.append(sql)
        self._cursor.execute(sql, values)

    def executemany(self, sql: str, rows: Any) -> None:
        self._seen.append(sql)
        self._cursor.executemany(sql, rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def test_ids_sort_by_time() -> None:
    ids = [new_id(NOW + timedelta(milliseconds=each)) for each in range(100)]
    assert ids == sorted(ids)
    assert len({len(each) for each in ids}) == 1


def test_a_lock_of_nothing_locks_nothing(server: Server) -> None:
    with pytest.raises(NotFound), server.command() as uow:
        uow.lock("gone")
    with server.command() as uow:
        assert uow.connection.scalar(select(func.count()).select_from(tables.process_instance)) == 0
        uow.connection.execute(update(tables.revision).values(number=tables.revision.c.number))
