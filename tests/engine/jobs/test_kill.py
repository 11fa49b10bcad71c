"""kill -9 at any moment: every instance ends, no step is done twice, and a call that repeats has the same key."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from engine.commands import Bind, Deploy, StartProcess
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.queries import History, IncidentList, InstanceList, JobList
from engine.services import Binding
from engine.settings import Settings

KILLS, INSTANCES, PATIENCE = 50, 20, 90

MODEL = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
  <message id="m" name="paid"/>
  <process id="buy" isExecutable="true">
    <startEvent id="s"/><parallelGateway id="fork"/>
    <serviceTask id="pay"/>
    <intermediateCatchEvent id="wait"><timerEventDefinition id="td"><timeDuration>PT0.3S</timeDuration>
    </timerEventDefinition></intermediateCatchEvent>
    <parallelGateway id="join"/>
    <intermediateThrowEvent id="send"><messageEventDefinition id="md" messageRef="m"/></intermediateThrowEvent>
    <serviceTask id="tell"/><endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="fork"/><sequenceFlow id="f2" sourceRef="fork" targetRef="pay"/>
    <sequenceFlow id="f3" sourceRef="fork" targetRef="wait"/><sequenceFlow id="f4" sourceRef="pay" targetRef="join"/>
    <sequenceFlow id="f5" sourceRef="wait" targetRef="join"/><sequenceFlow id="f6" sourceRef="join" targetRef="send"/>
    <sequenceFlow id="f7" sourceRef="send" targetRef="tell"/><sequenceFlow id="f8" sourceRef="tell" targetRef="e"/>
  </process>
  <process id="book" isExecutable="true">
    <startEvent id="s2"><messageEventDefinition id="md2" messageRef="m"/></startEvent>
    <intermediateCatchEvent id="later"><timerEventDefinition id="td2"><timeDuration>PT0.1S</timeDuration>
    </timerEventDefinition></intermediateCatchEvent><endEvent id="e2"/>
    <sequenceFlow id="g1" sourceRef="s2" targetRef="later"/><sequenceFlow id="g2" sourceRef="later" targetRef="e2"/>
  </process>
</definitions>"""


@pytest.fixture
def engine(database_url):
    """For looking and starting; the jobs are the mortal server's."""
    engine = ProcessEngine(database_url, settings=Settings(runner_threads=0))
    yield engine
    engine.stop()


@pytest.fixture
def server(database_url, tmp_path):
    """Gives a function that lets a server live for so many seconds and then kills it."""
    script = Path(__file__).with_name("mortal_server.py")
    command = [sys.executable, str(script), database_url, str(tmp_path / "calls")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    mother = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    assert mother.stdin
    assert mother.stdout

    def live(until):
        mother.stdin.write("live\n")
        mother.stdin.flush()
        child = int(mother.stdout.readline())
        until()
        os.kill(child, signal.SIGKILL)

    yield live
    mother.stdin.close()
    mother.wait(10)


def running(engine):
    return len(engine.query(InstanceList(state="running", limit=200), SYSTEM).rows)


def calls_in(file):
    """Which call, of which instance, with which key: a line each, repeated ones too."""
    return [line.split() for line in file.read_text().splitlines()] if file.exists() else []


def test_fifty_deaths_lose_nothing_and_repeat_nothing(engine, server, tmp_path):
    chance = random.Random(7)
    for element in ("pay", "tell"):
        engine.execute(Bind("buy", element, Binding("python", f"outside:{element}")), SYSTEM)
    engine.execute(Deploy(files={"buy.bpmn": MODEL}), SYSTEM)
    started = []

    def a_short_life():
        time.sleep(chance.uniform(0.02, 0.3))

    for death in range(KILLS):
        if death % 2 == 0 and len(started) < INSTANCES:
            started.append(engine.execute(StartProcess(key="buy", variables={"n": death}), SYSTEM))
        server(a_short_life)

    def until_all_have_ended():
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and (running(engine) or engine.query(JobList(kind="message"), SYSTEM).rows):
            time.sleep(0.1)

    under_fire = calls_in(tmp_path / "calls")
    server(until_all_have_ended)

    rows = engine.query(InstanceList(limit=200), SYSTEM).rows
    assert engine.query(IncidentList(), SYSTEM).rows == ()
    assert engine.query(JobList(), SYSTEM).rows == ()
    assert Counter((row.key, row.state) for row in rows) == {
        ("buy", "completed"): INSTANCES,
        ("book", "completed"): INSTANCES,
    }
    for row in rows:
        entered = Counter(
            event.element_id
            for event in engine.query(History(row.id, limit=200), SYSTEM).rows
            if event.kind in ("token-new", "token-passed")
        )
        passed_twice = {"join"} if row.key == "buy" else set()
        assert {element for element, count in entered.items() if count > 1} <= passed_twice, entered
    # Enough happened while it was being killed to mean something.
    assert len(under_fire) >= INSTANCES
    calls = calls_in(tmp_path / "calls")
    keys = {(name, number, key) for name, number, key in calls}
    assert len(keys) == len({(name, number) for name, number, _ in calls}) == 2 * INSTANCES
