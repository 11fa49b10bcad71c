"""The engine as a whole: permissions, races, and instances that live on in their rows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

import pytest

from engine.clock import VirtualClock
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.start_process import StartProcess
from engine.errors import Conflict, Forbidden
from engine.history.document import export_instance, import_instance
from engine.history.replay import replay
from engine.identity import NOBODY, SYSTEM, Actor
from engine.persistence import LostRace, roots
from engine.persistence.definitions import ProcessDefinition
from engine.persistence.deployments import Deployment, Resource
from engine.persistence.instances import Instances
from engine.persistence.user_tasks import UserTask, UserTasks
from engine.processengine import ProcessEngine
from engine.runtime.records import RootState
from engine.settings import Settings
from engine.unitofwork import UnitOfWork

ADA = Actor("ada", permissions=frozenset({"start", "work"}))
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">'
APPROVERS = f"""{HEAD}
<process id="approve" isExecutable="true">
  <startEvent id="start"/>
  <sequenceFlow id="f1" sourceRef="start" targetRef="approve_all"/>
  <userTask id="approve_all" name="Approve">
    <multiInstanceLoopCharacteristics><loopCardinality>50</loopCardinality></multiInstanceLoopCharacteristics>
  </userTask>
  <sequenceFlow id="f2" sourceRef="approve_all" targetRef="file"/>
  <userTask id="file" name="File"/>
  <sequenceFlow id="f3" sourceRef="file" targetRef="end"/>
  <endEvent id="end"/>
</process></definitions>""".encode()
TWICE = f"""{HEAD}
<process id="twice" isExecutable="true">
  <startEvent id="start"/>
  <sequenceFlow id="f1" sourceRef="start" targetRef="first"/>
  <userTask id="first" name="First"/>
  <sequenceFlow id="f2" sourceRef="first" targetRef="inner"/>
  <subProcess id="inner">
    <startEvent id="inner_start"/>
    <sequenceFlow id="g1" sourceRef="inner_start" targetRef="second"/>
    <userTask id="second" name="Second"/>
  </subProcess>
  <sequenceFlow id="f3" sourceRef="inner" targetRef="end"/>
  <endEvent id="end"/>
</process></definitions>""".encode()


@dataclass(frozen=True)
class Deployed:
    permission: ClassVar[str] = "deploy"
    key: str
    content: bytes

    def execute(self, uow: UnitOfWork) -> None:
        resource = Resource.of(f"deployment-{self.key}", f"{self.key}.bpmn", self.content)
        uow.deployments.add(Deployment(resource.deployment_id, self.key, None, uow.now, uow.actor.user), [resource])
        version = uow.definitions.next_version(self.key)
        where = (resource.deployment_id, resource.name, self.key)
        uow.definitions.add(
            ProcessDefinition(f"{self.key}-{version}", self.key, version, None, None, *where, False, "bpmn"), []
        )


@dataclass(frozen=True)
class OpenTasks:
    permission: ClassVar[str] = "work"
    root_id: str

    def fetch(self, connection: Any, actor: Actor, now: datetime) -> list[UserTask]:
        return UserTasks(connection).of_root(self.root_id)


@dataclass(frozen=True)
class StoredState:
    permission: ClassVar[str] = "work"
    root_id: str

    def fetch(self, connection: Any, actor: Actor, now: datetime) -> RootState:
        locked = Instances(connection).lock(self.root_id)
        assert locked is not None
        return roots.load(connection, self.root_id, locked.revision, locked.counter, locked.event_count)


@dataclass(frozen=True)
class Exported:
    permission: ClassVar[str] = "work"
    root_id: str

    def execute(self, uow: UnitOfWork) -> str:
        return export_instance(uow, self.root_id)


@dataclass(frozen=True)
class Imported:
    permission: ClassVar[str] = "work"
    text: str

    def execute(self, uow: UnitOfWork) -> str:
        return import_instance(uow, self.text)


@pytest.fixture
def engine(database_url: str) -> Iterator[ProcessEngine]:
    opened = ProcessEngine(database_url, clock=VirtualClock(), settings=Settings(live_roots=5))
    opened.execute(Deployed("approve", APPROVERS), SYSTEM)
    opened.execute(Deployed("twice", TWICE), SYSTEM)
    yield opened
    opened.close()


def tasks(engine: ProcessEngine, root_id: str) -> list[str]:
    return [task.id for task in engine.query(OpenTasks(root_id), ADA)]


def test_an_instance_runs_to_its_end(engine: ProcessEngine) -> None:
    instance = engine.execute(StartProcess("twice", variables={"amount": 7}), ADA)
    for _ in range(2):
        (task,) = tasks(engine, instance)
        engine.execute(CompleteUserTask(task, {"done": True}), ADA.__class__("ada", permissions=frozenset("*")))
    state = engine.query(StoredState(instance), ADA)
    assert [each.state for each in state.instances] == ["completed"]
    assert (state.tokens, state.scopes, state.variables) == ([], [], [])


def test_what_is_not_allowed_is_forbidden(engine: ProcessEngine) -> None:
    with pytest.raises(Forbidden, match="not signed in may not start"):
        engine.execute(StartProcess("twice"), NOBODY)
    with pytest.raises(Forbidden, match="ada may not deploy"):
        engine.execute(Deployed("other", TWICE), ADA)
    with pytest.raises(Forbidden):
        engine.query(OpenTasks("any"), NOBODY)


def test_an_engine_that_starts_anew_goes_on_from_the_rows(engine: ProcessEngine, database_url: str) -> None:
    instance = engine.execute(StartProcess("twice"), ADA)
    engine.execute(CompleteUserTask(tasks(engine, instance)[0]), SYSTEM)
    again = ProcessEngine(database_url, clock=VirtualClock())
    again.execute(CompleteUserTask(tasks(again, instance)[0]), SYSTEM)
    assert again.query(StoredState(instance), ADA).instances[0].state == "completed"
    again.close()


def test_fifty_people_complete_fifty_items_at_once(engine: ProcessEngine) -> None:
    instance = engine.execute(StartProcess("approve"), ADA)
    waiting = tasks(engine, instance)
    assert len(waiting) == 50
    with ThreadPoolExecutor(50) as people:
        done = [people.submit(engine.execute, CompleteUserTask(task), SYSTEM) for task in waiting]
        for each in done:
            each.result()
    assert [task.element_id for task in engine.query(OpenTasks(instance), ADA)] == ["file"]


def test_of_two_who_complete_one_task_one_wins(engine: ProcessEngine) -> None:
    instance = engine.execute(StartProcess("approve"), ADA)
    task = tasks(engine, instance)[0]
    together = threading.Barrier(2, timeout=10)

    def complete() -> str:
        together.wait()
        try:
            engine.execute(CompleteUserTask(task), SYSTEM)
        except Conflict as conflict:
            return conflict.message
        return "won"

    with ThreadPoolExecutor(2) as people:
        outcomes = sorted(each.result() for each in [people.submit(complete) for _ in range(2)])
    assert outcomes[1] == "won"
    assert "already" in outcomes[0]


def test_a_lost_race_is_repeated_and_then_told(engine: ProcessEngine) -> None:
    tries = []

    class Unlucky:
        permission = "work"

        def __init__(self, losses: int) -> None:
            self.losses = losses

        def execute(self, uow: UnitOfWork) -> int:
            tries.append(uow)
            if len(tries) <= self.losses:
                raise LostRace
            return len(tries)

    assert engine.execute(Unlucky(3), ADA) == 4
    tries.clear()
    with pytest.raises(Conflict, match="faster"):
        engine.execute(Unlucky(1000), ADA)
    assert len(tries) == engine.settings.tries


def test_listeners_hear_of_jobs_after_the_commit(engine: ProcessEngine) -> None:
    from engine.persistence.jobs import Job

    heard: list[datetime] = []
    engine.when_job_written(heard.append)

    class Later:
        permission = "work"

        def execute(self, uow: UnitOfWork) -> None:
            uow.jobs.add(Job("j", "timer", uow.now, uow.now))
            assert heard == []

    engine.execute(Later(), ADA)
    assert heard == [engine.clock.now()]


def test_every_step_of_a_run_is_in_its_history(engine: ProcessEngine) -> None:
    instance = engine.execute(StartProcess("approve", variables={"amount": 7}), ADA)
    states = [engine.query(StoredState(instance), ADA)]
    while open_tasks := tasks(engine, instance):
        engine.execute(CompleteUserTask(open_tasks[len(open_tasks) // 2], {"round": len(states)}), SYSTEM)
        states.append(engine.query(StoredState(instance), ADA))
    assert len(states) == 52
    assert_history_rebuilds(engine, instance, states)


def test_an_instance_goes_on_in_another_database(engine: ProcessEngine, tmp_path: Any) -> None:
    instance = engine.execute(StartProcess("twice", variables={"when": datetime(2026, 1, 2)}), ADA)
    engine.execute(CompleteUserTask(tasks(engine, instance)[0]), SYSTEM)
    document = engine.execute(Exported(instance), ADA)
    other = ProcessEngine(f"sqlite:///{tmp_path / 'other.db'}", clock=engine.clock)
    assert other.execute(Imported(document), ADA) == instance
    assert asdict(other.query(StoredState(instance), ADA)) == asdict(engine.query(StoredState(instance), ADA))
    with pytest.raises(Conflict, match="here already"):
        other.execute(Imported(document), ADA)
    other.execute(CompleteUserTask(tasks(other, instance)[0]), SYSTEM)
    assert other.query(StoredState(instance), ADA).instances[0].state == "completed"
    assert len(tasks(engine, instance)) == 1
    other.close()


def assert_history_rebuilds(engine: ProcessEngine, instance: str, states: list[RootState]) -> None:
    @dataclass(frozen=True)
    class History:
        permission: ClassVar[str] = "work"

        def execute(self, uow: UnitOfWork) -> list[Any]:
            return list(uow.history.of_root(instance))

    events = engine.execute(History(), ADA)
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    for state in states:
        past = asdict(replay(instance, events, state.event_count))
        stored = asdict(state)
        for each in (past, stored):
            del each["revision"], each["counter"]
        assert past == stored
