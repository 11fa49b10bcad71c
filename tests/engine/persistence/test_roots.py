"""Steps are written as differences; what is loaded afterwards is what the root is."""

from __future__ import annotations

import random
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from engine.persistence import Database, roots, tables
from engine.persistence.instances import Instances
from engine.persistence.prepared import Prepared
from engine.runtime.records import JobRecord

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WAITS = {"UserTaskRecord": tables.user_task, "JobRecord": tables.job}
WAITS |= {"SubscriptionRecord": tables.event_subscription, "IncidentRecord": tables.incident}


def loaded(connection: Connection, root_id: str) -> dict[str, Any]:
    locked = Instances(connection).lock(root_id)
    assert locked is not None
    state = asdict(roots.load(connection, root_id, locked.revision, locked.counter, locked.event_count))
    state["instances"].sort(key=lambda each: each["id"])
    del state["root_id"], state["revision"]
    return state | {"variables": sorted(tuple(each) for each in state["variables"])}


def stored_waits(connection: Connection, root_id: str) -> set[int]:
    return {
        number
        for table in WAITS.values()
        for number in connection.scalars(select(table.c.number).where(table.c.root_id == root_id))
    }


@pytest.mark.parametrize("seed", range(12))
def test_what_is_loaded_is_what_was_saved(
    database: Database, definition_id: str, imaginary_root: type, seed: int
) -> None:
    chance = random.Random(seed)
    root = imaginary_root.new(f"root{seed}", None, NOW, "ada")
    root.start(definition_id, business_key="O-1")
    for revision in range(25):
        root.at(NOW + timedelta(minutes=revision), "ada")
        for _ in range(chance.randrange(8)):
            root.move(chance)
        with database.writing() as connection:
            with database.committing(connection):
                roots.save(connection, root.step(), revision, is_new=revision == 0)
            assert loaded(connection, root.root_id) == root.state()
            assert stored_waits(connection, root.root_id) == set(root.waits)


def test_an_ended_root_leaves_its_instances_its_history_and_the_jobs_for_others(
    database: Database, definition_id: str, imaginary_root: type
) -> None:
    chance = random.Random(5)
    root = imaginary_root.new("root", None, NOW, None)
    root.start(definition_id)
    for _ in range(60):
        root.move(chance)
    with database.writing() as connection:
        roots.save(connection, root.step(), 0, is_new=True)
        root.end()
        step = root.step()
        step.opened.append(JobRecord(root.counter + 1, "root", "message", NOW, NOW))
        roots.save(connection, step, 1, is_new=False)
        for table in (tables.node, tables.scope, tables.variable, tables.task_candidate):
            assert connection.scalar(select(func.count()).select_from(table)) == 0
        assert stored_waits(connection, "root") == {root.counter + 1}
        assert Instances(connection).get("root").state == "cancelled"
        assert connection.scalar(select(func.count()).select_from(tables.event)) == root.event_count


def test_what_a_step_writes_does_not_grow_with_the_instance(
    database: Database, definition_id: str, imaginary_root: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One variable is set in a root with two tokens, and in one with two thousand."""
    written: list[int] = []

    run = Prepared.run

    def count(statement: Prepared, connection: Connection, rows: list[Any]) -> None:
        written.append(len(rows))
        run(statement, connection, rows)

    for tokens in (2, 2000):
        root = imaginary_root.new(f"root{tokens}", None, NOW, None)
        root.start(definition_id)
        for _ in range(tokens):
            root._token(random.Random(1))
        with database.writing() as connection:
            roots.save(connection, root.step(), 0, is_new=True)
            monkeypatch.setattr(Prepared, "run", count)
            root.variables[1, "amount"] = "7"
            root.record("variable-set", root.root_id, scope=1, name="amount", value="7")
            roots.save(connection, root.step(), 1, is_new=False)
            monkeypatch.undo()
    assert [number for number in written if number] == [1, 1, 1] * 2
