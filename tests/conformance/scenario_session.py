"""A scenario's engine on a database of its own: deployed to, moved, put back; and what a step's words name in it."""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import scenario_handlers
from scenario_state import Observer, number

import bpmn
from bpmn import dialects
from bpmn import model as m
from engine import commands as c
from engine.errors import Conflict, NotFound
from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.queries import DefinitionDetail, IncidentList, InstanceDetail, JobList, SubscriptionList, TaskList
from engine.services import Binding
from engine.settings import Settings

# What the vendors do within the act itself is an outbox of jobs here: they are done at once, in the order they came.
AT_ONCE = ("message", "signal", "service")
BEFORE_ALL = "2000-01-01T00:00:00"


class ScenarioClock:
    """Stands where the scenario sets it, in naive UTC, which may be back in time."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def now(self) -> datetime:
        return self.time.replace(tzinfo=UTC)


class Session:
    """One scenario, with a clock that only it moves."""

    def __init__(self, models: list[dict[str, Any]], scenario: dict[str, Any]) -> None:
        self.dialect = scenario.get("engine", "bpmn")
        # Camunda 7 and Flowable throw what an act meets at its sender; elsewhere it is an incident.
        self.throws = self.dialect in ("camunda7", "flowable")
        self.clock = ScenarioClock(datetime.fromisoformat(scenario.get("clock", BEFORE_ALL)))
        folder = Path(tempfile.mkdtemp(prefix="scenario-", dir=_memory()))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.file = folder / "scenario.db"
        shutil.copyfile(_empty_database(), self.file)
        self.user: str | None = None
        self.answers: dict[tuple[str, str], Any] = {}
        self.engine = self._open()
        self.later: set[str] = set()
        self.observer = Observer(self.engine, self.actor, self.dialect)
        handlers: dict[str, Any] = scenario.get("handlers") or {}
        self.bindings = {f"class:{name}": scenario_handlers.bind(name, does) for name, does in handlers.items()}
        self.deploy(models)

    @property
    def actor(self) -> Actor:
        return Actor(self.user, permissions=frozenset({"*"}))

    def deploy(self, models: list[dict[str, Any]]) -> None:
        """All of them as one deployment, but for those that replace a file or process of it: these come after it."""
        files: dict[str, bytes] = {}
        keys: set[str] = set()
        for model in models:
            content = Path(model["file"]).read_bytes()
            definitions = bpmn.read(content).definitions
            own = {process.id or "" for process in definitions.processes} if definitions is not None else set()
            if keys and (model["resource"] in files or own & keys):
                self._deploy(files, keys)
                files, keys = {}, set()
            files[model["resource"]] = content
            keys |= own
            if definitions is not None:
                self.observer.know(definitions)
                self.later.update(_thrown_later(definitions))
        if keys:
            self._deploy(files, keys)

    def _deploy(self, files: dict[str, bytes], keys: set[str]) -> None:
        # The suites run what is not marked executable as well, and no person answers there.
        guided = None if self.dialect == "bpmn" else False
        self.execute(c.Deploy(files, guided=guided))
        for key in keys:
            for subject, target in self.bindings.items():
                self.execute(c.Bind(key, subject, Binding("python", target, {"inline": True})))

    def set_clock(self, to: datetime) -> None:
        self.clock.time = to

    def state(self) -> dict[str, Any]:
        return self.observer.state()

    # -- finding what a step names ----------------------------------------------------------------------------------

    def task(self, step: dict[str, Any]) -> str:
        instance = self.observer.id_of(step["instance"])
        rows = [
            row for row in self.observer.all(TaskList(instance_id=instance, limit=200)) if row.instance_id == instance
        ]
        return _nth([row for row in rows if row.element_id == step["task"]], step).id

    def token(self, step: dict[str, Any]) -> str:
        tokens = self.engine.query(InstanceDetail(self.observer.id_of(step["instance"])), self.actor).tokens
        at = [token for token in tokens if token.element_id == step["at"]]
        outer = {token.parent for token in at}
        return _nth([token for token in at if token.number not in outer], step, finished_count=True).id

    def place(self, step: dict[str, Any]) -> str:
        """The process instance, or a token in it."""
        if step.get("scope") == "process" or "at" not in step:
            return self.observer.id_of(step["instance"])
        return self.token(step)

    def subscription(self, kind: str, step: dict[str, Any]) -> str:
        instance = self.observer.id_of(step["instance"])
        rows = list(self.observer.all(SubscriptionList(instance_id=instance, kind=kind, name=step["name"], limit=200)))
        rows = [row for row in rows if row.instance_id == instance]
        at = [row for row in rows if row.element_id == step.get("at")]
        return _nth(at or rows, step, finished_count=True).id

    def job(self, step: dict[str, Any], kind: str | None = None) -> Any:
        if step.get("kind") == "event" or ("process" in step and step["process"] is None):
            rows = [row for row in self.observer.all(JobList(kind="signal", limit=200)) if self.is_later(row)]
            return _nth([row for row in rows if step["at"] in (None, row.element_id)], step)
        at = step["at"].partition("#")[0]
        rows = [row for row in self.observer.all(JobList(kind=kind or step["kind"], limit=200)) if row.element_id == at]
        if "instance" in step:
            instance = self.observer.id_of(step["instance"])
            return _nth([row for row in rows if row.instance_id == instance], step)
        return _nth([row for row in rows if row.instance_id is None and self._key(row) == step["process"]], step)

    def _key(self, row: Any) -> str:
        return self.engine.query(DefinitionDetail(id=row.definition_id), self.actor).key

    def external(self, step: dict[str, Any]) -> str:
        return self.job(step, "external").id

    def incident(self, step: dict[str, Any]) -> str:
        instance = self.observer.id_of(step["instance"])
        rows = [row for row in self.observer.all(IncidentList(limit=200)) if row.element_id == step["at"]]
        return _nth([row for row in rows if row.instance_id == instance], step).id

    # -- carrying it out --------------------------------------------------------------------------------------------

    def execute(self, command: Any) -> Any:
        return self.engine.execute(command, self.actor)

    def follow_up(self) -> None:
        """Do the jobs that belong to the act, and those that these write, each once."""
        done: set[str] = set()
        while True:
            rows = [row for row in self.observer.all(JobList(limit=200)) if row.kind in AT_ONCE and row.id not in done]
            rows = [row for row in rows if row.due_at <= self.clock.now() and not self.is_later(row)]
            if not rows:
                return
            first = min(rows, key=lambda row: (row.created_at, number(row.id), row.id))
            done.add(first.id)
            self.run(first.id)

    def is_later(self, row: Any) -> bool:
        """Whether it delivers a signal that the suite delivers by a job of its own (async)."""
        return row.kind == "signal" and row.instance_id is None and row.topic in self.later

    def run(self, job: str) -> None:
        """Do a job; one that fails raises where the vendor's does."""
        incidents = {row.id for row in self.observer.all(IncidentList(limit=200))}
        self.execute(c.ExecuteJob(job))
        self.observer.name_new()
        failed = [row.error for row in self.observer.all(JobList(limit=200)) if row.id == job and row.error]
        failed += [row.reason for row in self.observer.all(IncidentList(limit=200)) if row.id not in incidents]
        if failed and self.throws:
            raise Conflict(f"The job failed: {failed[0]}")

    def _open(self) -> ProcessEngine:
        failures: Literal["raise", "incident"] = "raise" if self.throws else "incident"
        settings = Settings(python_modules=(scenario_handlers.__name__,), failures=failures)
        return ProcessEngine(f"sqlite:///{self.file}", clock=self.clock, settings=settings)

    def backup(self) -> sqlite3.Connection:
        kept = sqlite3.connect(":memory:")
        with sqlite3.connect(self.file) as source:
            source.backup(kept)
        source.close()
        return kept

    def restore(self, kept: sqlite3.Connection) -> None:
        """Put the database back, under a new engine: the old one remembers instances that never were so."""
        self.engine.close()
        with sqlite3.connect(self.file) as target:
            kept.backup(target)
        target.close()
        self.engine = self.observer.engine = self._open()


def _thrown_later(definitions: m.Definitions) -> Iterator[str]:
    """The names of the signals that events of the file throw asynchronously."""
    for element in definitions.walk():
        if isinstance(element, m.SignalEventDefinition) and dialects.execution(definitions, element).async_before:
            signal = definitions.resolve(element.signal_ref)
            if isinstance(signal, m.Signal) and signal.name:
                yield signal.name


def _nth(rows: list[Any], step: Mapping[str, Any], *, finished_count: bool = False) -> Any:
    """The one of several that the step means, by creation order and by the multi-instance's counter.

    `finished_count`: the index counts items that are done and gone as well, so it may be past those that are left.
    """
    rows = sorted(rows, key=lambda row: number(row.id))
    counter = step.get("loopCounter")
    counted = [row for row in rows if counter is not None and getattr(row, "loop_counter", None) == counter]
    index = step.get("index", 0)
    if counted and index >= len(rows):
        return counted[0]
    if rows and finished_count:
        return rows[min(index, len(rows) - 1)]
    if index >= len(rows):
        raise NotFound(f"There is no {step.get('task') or step.get('at')} number {index} in {step.get('instance')}.")
    return rows[index]


def _memory() -> str | None:
    """A folder in memory where there is one: the databases live for a second."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@cache
def _empty_database() -> Path:
    """A database with its tables, made once and copied for each scenario."""
    folder = Path(tempfile.mkdtemp(prefix="scenario-", dir=_memory()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "empty.db"
    ProcessEngine(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file
