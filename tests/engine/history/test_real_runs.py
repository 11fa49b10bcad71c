"""Reference models run guided with random answers; after each step rows, memory and history agree."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest

from engine.clock import VirtualClock
from engine.commands import CompleteUserTask, Deploy, ExecuteJob, StartProcess, TriggerToken
from engine.errors import Refusal
from engine.history.replay import replay
from engine.identity import SYSTEM, Actor
from engine.persistence import roots
from engine.persistence.events import Events
from engine.persistence.instances import Instances
from engine.persistence.jobs import Job, Jobs
from engine.persistence.user_tasks import UserTask, UserTasks
from engine.processengine import ProcessEngine
from engine.runtime.records import EventRecord, RootState
from engine.settings import Settings

REFERENCE = Path(__file__).parents[4] / "shared" / "conformance" / "miwg" / "Reference"
MODELS = sorted(path.name for path in REFERENCE.glob("*.bpmn"))
MOST_STEPS = 40


@dataclass(frozen=True)
class Open:
    """The rows of a root: its state, its history, what it waits for."""

    permission: ClassVar[str] = "read"
    root_id: str

    def fetch(
        self, connection: Any, actor: Actor, now: datetime
    ) -> tuple[RootState, list[EventRecord], list[UserTask], list[Job]]:
        locked = Instances(connection).lock(self.root_id)
        assert locked is not None
        state = roots.load(connection, self.root_id, locked.revision, locked.counter, locked.event_count)
        events = list(Events(connection).of_root(self.root_id))
        return state, events, UserTasks(connection).of_root(self.root_id), Jobs(connection).of_root(self.root_id)


@contextmanager
def opened(url: str, live_roots: int) -> Iterator[ProcessEngine]:
    engine = ProcessEngine(url, clock=VirtualClock(), settings=Settings(live_roots=live_roots))
    yield engine
    engine.close()


def comparable(state: RootState) -> dict[str, Any]:
    shown = asdict(state)
    del shown["revision"], shown["counter"]
    shown["instances"].sort(key=lambda each: each["id"])
    shown["variables"] = sorted(tuple(each) for each in shown["variables"])
    return shown


def answer(task: UserTask, chance: random.Random) -> CompleteUserTask:
    options = [option["id"] for option in (task.form or {}).get("options", [])]
    outcome = (chance.choice(options),) if task.kind == "question" else ()
    return CompleteUserTask(task.id, {"answer": chance.randrange(100)}, outcome)


def run(job: Job) -> Any:
    return TriggerToken(f"{job.root_id}-{job.token}") if job.kind == "external" else ExecuteJob(job.id)


def play(engine: ProcessEngine, root_id: str, chance: random.Random) -> list[dict[str, Any]]:
    """Answer, or run a job, at random, until the root ends or enough has been done; the state after each step."""
    states = []
    for _ in range(MOST_STEPS):
        state, _events, tasks, jobs = engine.query(Open(root_id), SYSTEM)
        states.append(comparable(state))
        ways: list[Any] = [*tasks, *(job for job in jobs if job.token is not None)]
        if not ways:
            break
        way = chance.choice(ways)
        engine.execute(answer(way, chance) if isinstance(way, UserTask) else run(way), SYSTEM)
    return states


@pytest.mark.skipif(not MODELS, reason="the reference models (shared/conformance/miwg) are not here")
@pytest.mark.parametrize("live_roots", [0, 100], ids=["from rows", "from memory"])
@pytest.mark.parametrize("name", MODELS)
def test_rows_memory_and_history_agree(migrated_sqlite: Path, tmp_path: Path, name: str, live_roots: int) -> None:
    url = copy_of(migrated_sqlite, tmp_path)
    chance = random.Random(name)
    with opened(url, live_roots) as engine:
        try:
            deployment = engine.execute(Deploy({name: (REFERENCE / name).read_bytes()}, guided=True), SYSTEM)
        except Refusal as refusal:
            pytest.skip(f"not deployed: {refusal.message}")
        for process in deployment.processes:
            try:
                root_id = engine.execute(StartProcess(definition_id=process.definition_id), SYSTEM)
            except Refusal:
                continue
            states = play(engine, root_id, chance)
            state, events, _tasks, _jobs = engine.query(Open(root_id), SYSTEM)
            assert [event.number for event in events] == list(range(1, state.event_count + 1))
            for past in states:
                assert comparable(replay(root_id, events, past["event_count"])) == past


def copy_of(source: Path, folder: Path) -> str:
    copy = folder / "run.db"
    copy.write_bytes(source.read_bytes())
    return f"sqlite:///{copy}"
