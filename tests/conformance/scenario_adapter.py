"""Drives the engine through its commands and queries as the recordings of Camunda 7 and Flowable drove those engines.

It knows what an act is called here, and of no case: nothing depends on a scenario's name, models or expected state.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
import weakref
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import scenario_handlers
from scenario_state import Observer, number

import bpmn
from engine import commands as c
from engine.errors import Conflict, Invalid, NotFound
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


class Engine:
    """One scenario's engine, on a database of its own, with a clock that only the scenario moves."""

    def __init__(self, models: list[dict[str, Any]], scenario: dict[str, Any]) -> None:
        self.dialect = scenario.get("engine", "bpmn")
        self.clock = ScenarioClock(datetime.fromisoformat(scenario.get("clock", BEFORE_ALL)))
        folder = Path(tempfile.mkdtemp(prefix="scenario-", dir=_memory()))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.file = folder / "scenario.db"
        shutil.copyfile(_empty_database(), self.file)
        self.user: str | None = None
        self.engine = self._open()
        self.observer = Observer(self.engine, self.actor, self.dialect)
        handlers: dict[str, Any] = scenario.get("handlers") or {}
        self.bindings = {f"class:{name}": scenario_handlers.bind(name, does) for name, does in handlers.items()}
        if models:
            self.deploy(models)

    @property
    def actor(self) -> Actor:
        return Actor(self.user, permissions=frozenset({"*"}))

    def deploy(self, models: list[dict[str, Any]]) -> None:
        """All of them as one deployment."""
        files = {model["resource"]: Path(model["file"]).read_bytes() for model in models}
        # The vendors run what is not marked executable as well, and no person answers there.
        guided = None if self.dialect == "bpmn" else False
        self._execute(c.Deploy(files, guided=guided))
        for content in files.values():
            reading = bpmn.read(content)
            if reading.definitions is not None:
                self.observer.know(reading.definitions)
                for process in reading.definitions.processes:
                    for subject, target in self.bindings.items():
                        self._execute(c.Bind(process.id, subject, Binding("python", target)))

    def set_clock(self, to: datetime) -> None:
        self.clock.time = to

    def state(self) -> dict[str, Any]:
        return self.observer.state()

    def do(self, step: dict[str, Any]) -> None:
        """Carry out an act, with all that follows from it at once; when any of it fails nothing has happened."""
        act: Callable[[dict[str, Any]], None] | None = getattr(self, "do_" + step["do"], None)
        if act is None:
            raise Invalid(f"There is no act {step['do']!r} here.")
        before = self._backup()
        try:
            act(step)
            self.observer.name_new()
            self._follow_up()
        except Exception:
            if step["do"] != "execute_job":
                self._restore(before)
            raise

    # -- starting ---------------------------------------------------------------------------------------------------

    def do_start(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        self._execute(c.StartProcess(key=step["process"], variables=variables, business_key=step.get("businessKey")))

    do_start_form = do_start

    def do_start_message(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        self._execute(c.StartByMessage(step["message"], variables=variables, business_key=step.get("businessKey")))

    def do_delete_instance(self, step: dict[str, Any]) -> None:
        self._execute(c.CancelInstance(self.observer.id_of(step["instance"])))

    def do_authenticate(self, step: dict[str, Any]) -> None:
        self.user = step["user"]

    # -- user tasks -------------------------------------------------------------------------------------------------

    def do_complete_task(self, step: dict[str, Any]) -> None:
        self._execute(c.CompleteUserTask(self._task(step), variables=_typed(step.get("variables"))))

    do_submit_form = do_complete_task

    def do_claim(self, step: dict[str, Any]) -> None:
        self._execute(c.AssignUserTask(self._task(step), step["user"]))

    do_assign = do_claim

    def do_set_owner(self, step: dict[str, Any]) -> None:
        self._execute(c.SetOwner(self._task(step), step["user"]))

    def do_delegate_task(self, step: dict[str, Any]) -> None:
        self._execute(c.DelegateUserTask(self._task(step), step["user"]))

    def do_resolve_task(self, step: dict[str, Any]) -> None:
        self._execute(c.ResolveUserTask(self._task(step), _typed(step.get("variables"))))

    def do_task_variables(self, step: dict[str, Any]) -> None:
        self._set_variables(self._task_token(step), step)

    def do_task_error(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        self._execute(c.ThrowErrorFromTask(self._task(step), step["code"], step.get("message", ""), variables))

    def do_task_escalation(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        self._execute(c.ThrowEscalationFromTask(self._task(step), step["code"], variables=variables))

    def do_addCandidateUser(self, step: dict[str, Any]) -> None:
        self._execute(c.AddCandidate(self._task(step), user=step["value"]))

    def do_addCandidateGroup(self, step: dict[str, Any]) -> None:
        self._execute(c.AddCandidate(self._task(step), group=step["value"]))

    def do_deleteCandidateUser(self, step: dict[str, Any]) -> None:
        self._execute(c.RemoveCandidate(self._task(step), user=step["value"]))

    def do_deleteCandidateGroup(self, step: dict[str, Any]) -> None:
        self._execute(c.RemoveCandidate(self._task(step), group=step["value"]))

    # -- tokens, variables ------------------------------------------------------------------------------------------

    def do_trigger(self, step: dict[str, Any]) -> None:
        self._execute(c.TriggerToken(self._token(step), variables=_typed(step.get("variables"))))

    def do_set_variables(self, step: dict[str, Any]) -> None:
        self._set_variables(self._place(step), step)

    def do_remove_variables(self, step: dict[str, Any]) -> None:
        self._execute(c.RemoveVariables(self._place(step), tuple(step["names"]), local=bool(step.get("local"))))

    # -- messages, signals ------------------------------------------------------------------------------------------

    def do_message(self, step: dict[str, Any]) -> None:
        keys = _typed(step.get("correlationKeys")) if self.dialect != "bpmn" else _typed(step.get("variables"))
        instance = self.observer.id_of(step["instance"]) if "instance" in step else None
        self._execute(
            c.CorrelateMessage(
                step["name"],
                business_key=step.get("businessKey"),
                correlation=keys,
                variables=_typed(step.get("variables")),
                instance_id=instance,
                all=bool(step.get("all")),
            )
        )

    def do_message_at(self, step: dict[str, Any]) -> None:
        found = self._subscription("message", step)
        self._execute(c.TriggerSubscription(found, variables=_typed(step.get("variables"))))

    def do_signal(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        if "instance" in step:
            self._execute(c.TriggerSubscription(self._subscription("signal", step), variables=variables))
        else:
            self._execute(c.BroadcastSignal(step["name"], variables=variables))

    # -- jobs -------------------------------------------------------------------------------------------------------

    def do_execute_job(self, step: dict[str, Any]) -> None:
        """The job and what it leads to. Where that fails it has one try less, and else nothing happened."""
        job = self._job(step)
        before = self._backup()
        self._run(job.id)
        try:
            self._follow_up()
        except Conflict:
            self._restore(before)
            self._execute(c.SetJobRetries(job.id, job.retries - 1))
            raise

    def do_ready_timer(self, step: dict[str, Any]) -> None:
        """Flowable moves the timer to where it is executed; here it is the same job before and after."""
        self._job(step)

    def do_set_job_retries(self, step: dict[str, Any]) -> None:
        self._execute(c.SetJobRetries(self._job(step).id, step["retries"]))

    def do_fetch_external(self, step: dict[str, Any]) -> None:
        lock = timedelta(milliseconds=step["lockMs"])
        self._execute(c.FetchExternalJobs(tuple(step["topics"]), step["worker"], step["max"], lock))

    def do_complete_external(self, step: dict[str, Any]) -> None:
        variables = {**_typed(step.get("variables")), **_typed(step.get("localVariables"))}
        self._execute(c.CompleteExternalJob(self._external(step), step["worker"], variables))

    def do_external_error(self, step: dict[str, Any]) -> None:
        variables = _typed(step.get("variables"))
        job, worker = self._external(step), step["worker"]
        self._execute(c.ThrowErrorFromJob(job, worker, step["code"], step.get("message", ""), variables))

    def do_fail_external(self, step: dict[str, Any]) -> None:
        pause = timedelta(milliseconds=step.get("retryTimeoutMs", 0))
        job, worker = self._external(step), step["worker"]
        self._execute(c.FailExternalJob(job, worker, step.get("message", ""), retries=step.get("retries"), pause=pause))

    def do_unlock_external(self, step: dict[str, Any]) -> None:
        self._execute(c.UnlockJob(self._external(step)))

    def do_set_external_retries(self, step: dict[str, Any]) -> None:
        self._execute(c.SetJobRetries(self._external(step), step["retries"]))

    # -- finding what a step names ----------------------------------------------------------------------------------

    def _task(self, step: dict[str, Any]) -> str:
        instance = self.observer.id_of(step["instance"])
        rows = [
            row for row in self.observer.all(TaskList(instance_id=instance, limit=200)) if row.instance_id == instance
        ]
        return _nth([row for row in rows if row.element_id == step["task"]], step).id

    def _task_token(self, step: dict[str, Any]) -> str:
        return self._token({**step, "at": step["task"]})

    def _token(self, step: dict[str, Any]) -> str:
        tokens = self.engine.query(InstanceDetail(self.observer.id_of(step["instance"])), self.actor).tokens
        at = [token for token in tokens if token.element_id == step["at"]]
        outer = {token.parent for token in at}
        return _nth([token for token in at if token.number not in outer], step).id

    def _place(self, step: dict[str, Any]) -> str:
        """The process instance, or a token in it."""
        if step.get("scope") == "process" or "at" not in step:
            return self.observer.id_of(step["instance"])
        return self._token(step)

    def _set_variables(self, place: str, step: dict[str, Any]) -> None:
        self._execute(c.SetVariables(place, _typed(step["variables"]), local=bool(step.get("local"))))

    def _subscription(self, kind: str, step: dict[str, Any]) -> str:
        instance = self.observer.id_of(step["instance"])
        rows = list(self.observer.all(SubscriptionList(instance_id=instance, kind=kind, name=step["name"], limit=200)))
        rows = [row for row in rows if row.instance_id == instance]
        return _nth([row for row in rows if row.element_id == step.get("at")] or rows, step).id

    def _job(self, step: dict[str, Any], kind: str | None = None) -> Any:
        at = step["at"].partition("#")[0]
        rows = [row for row in self.observer.all(JobList(kind=kind or step["kind"], limit=200)) if row.element_id == at]
        if "instance" in step:
            instance = self.observer.id_of(step["instance"])
            return _nth([row for row in rows if row.instance_id == instance], step)
        return _nth([row for row in rows if row.instance_id is None and self._key(row) == step["process"]], step)

    def _key(self, row: Any) -> str:
        return self.engine.query(DefinitionDetail(id=row.definition_id), self.actor).key

    def _external(self, step: dict[str, Any]) -> str:
        return self._job(step, "external").id

    # -- carrying it out --------------------------------------------------------------------------------------------

    def _execute(self, command: Any) -> Any:
        return self.engine.execute(command, self.actor)

    def _follow_up(self) -> None:
        """Do the jobs that belong to the act, and those that these write, each once."""
        done: set[str] = set()
        while True:
            rows = [row for row in self.observer.all(JobList(limit=200)) if row.kind in AT_ONCE and row.id not in done]
            rows = [row for row in rows if row.due_at <= self.clock.now()]
            if not rows:
                return
            first = min(rows, key=lambda row: (row.created_at, row.id))
            done.add(first.id)
            self._run(first.id)

    def _run(self, job: str) -> None:
        """Do a job; one that fails raises, as it did there."""
        incidents = {row.id for row in self.observer.all(IncidentList(limit=200))}
        self._execute(c.ExecuteJob(job))
        self.observer.name_new()
        failed = [row.error for row in self.observer.all(JobList(limit=200)) if row.id == job and row.error]
        failed += [row.reason for row in self.observer.all(IncidentList(limit=200)) if row.id not in incidents]
        if failed:
            raise Conflict(f"The job failed: {failed[0]}")

    def _open(self) -> ProcessEngine:
        settings = Settings(python_modules=(scenario_handlers.__name__,), failures="raise")
        return ProcessEngine(f"sqlite:///{self.file}", clock=self.clock, settings=settings)

    def _backup(self) -> sqlite3.Connection:
        kept = sqlite3.connect(":memory:")
        with sqlite3.connect(self.file) as source:
            source.backup(kept)
        source.close()
        return kept

    def _restore(self, kept: sqlite3.Connection) -> None:
        """Put the database back, under a new engine: the old one remembers instances that never were so."""
        self.engine.close()
        with sqlite3.connect(self.file) as target:
            kept.backup(target)
        target.close()
        self.engine = self.observer.engine = self._open()


def _nth(rows: list[Any], step: Mapping[str, Any]) -> Any:
    """The one of several that the step means, by creation order and by the multi-instance's counter."""
    rows = sorted(rows, key=lambda row: number(row.id))
    counter = step.get("loopCounter")
    counted = [row for row in rows if counter is not None and getattr(row, "loop_counter", None) == counter]
    index = step.get("index", 0)
    if counted and index >= len(rows):
        return counted[0]
    if index >= len(rows):
        raise NotFound(f"There is no {step.get('task') or step.get('at')} number {index} in {step.get('instance')}.")
    return rows[index]


def _typed(variables: Mapping[str, Any] | None) -> dict[str, Any]:
    """The recordings' typed values."""
    return {name: _value(value) for name, value in (variables or {}).items()}


def _value(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"@date"}:
        return datetime.fromisoformat(value["@date"]).replace(tzinfo=UTC)
    if isinstance(value, dict):
        return _typed(value)
    return [_value(entry) for entry in value] if isinstance(value, list) else value


def _memory() -> str | None:
    """A folder in memory where there is one: the databases live for a second."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@cache
def _empty_database() -> Path:
    """A database with its tables, made once and copied for each scenario."""
    file = Path(tempfile.mkdtemp(prefix="scenario-", dir=_memory())) / "empty.db"
    ProcessEngine(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file
