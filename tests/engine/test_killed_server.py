"""The server is killed at any moment, again and again: no instance is lost, none is stuck, no step is taken twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlalchemy import func, select

from engine.identity import SYSTEM, Actor
from engine.persistence import tables
from engine.processengine import ProcessEngine

KILLS = 50
INSTANCES, ROUNDS = 20, 8
PATIENCE = 60
SCRIPT = Path(__file__).with_name("killed_server.py")


@dataclass(frozen=True)
class Instances:
    """Instances by state."""

    permission: ClassVar[str] = "read"

    def fetch(self, connection: Any, actor: Actor, now: datetime) -> dict[str, int]:
        table = tables.process_instance
        return dict(
            tuple(row) for row in connection.execute(select(table.c.state, func.count()).group_by(table.c.state))
        )


@dataclass(frozen=True)
class Told:
    """All events in order, by instance."""

    permission: ClassVar[str] = "read"

    def fetch(self, connection: Any, actor: Actor, now: datetime) -> dict[str, list[Any]]:
        by_root: dict[str, list[Any]] = defaultdict(list)
        for row in connection.execute(select(tables.event).order_by(tables.event.c.root_id, tables.event.c.number)):
            by_root[row.root_id].append(row)
        return by_root


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    ledger = tmp_path / "ledger"
    ledger.touch()
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), database_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "LEDGER": str(ledger)},
    )
    yield process
    assert process.stdin is not None
    process.stdin.close()
    process.wait(10)


def begin(server: subprocess.Popen[str]) -> int:
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write("live\n")
    server.stdin.flush()
    return int(server.stdout.readline())


def test_a_server_that_is_killed_fifty_times(server: subprocess.Popen[str], database_url: str, tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(KILLS):
        life = begin(server)
        time.sleep(chance.uniform(0.02, 0.25))
        os.kill(life, signal.SIGKILL)
    last = begin(server)
    engine = ProcessEngine(database_url)
    try:
        deadline = time.monotonic() + PATIENCE
        while engine.query(Instances(), SYSTEM) != {"completed": INSTANCES} and time.monotonic() < deadline:
            time.sleep(0.1)
        os.kill(last, signal.SIGKILL)
        assert engine.query(Instances(), SYSTEM) == {"completed": INSTANCES}
        told = engine.query(Told(), SYSTEM)
    finally:
        engine.close()
    assert len(told) == INSTANCES
    for events in told.values():
        assert [event.number for event in events] == list(range(1, len(events) + 1))
        assert [event.value for event in events if event.name == "n"] == [str(n) for n in range(ROUNDS + 1)]
        assert not [event for event in events if event.kind == "incident-opened"]
    calls: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in (tmp_path / "ledger").read_text(encoding="utf-8").splitlines():
        order, call, key = line.split()
        calls[order, call].add(key)
    assert len(calls) == INSTANCES * (ROUNDS + 1)
    assert all(len(keys) == 1 for keys in calls.values())
    assert len({key for keys in calls.values() for key in keys}) == len(calls)
