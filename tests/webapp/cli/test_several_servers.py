"""Several servers on one PostgreSQL: they share the work, and what one that is killed had begun another does."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from engine.commands import Bind, Deploy, StartProcess
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.queries import IncidentList, InstanceList
from engine.services import Binding
from engine.settings import Settings

CASES, PATIENCE = 12, 90.0

# Each server says which case it begins with, then waits until it may go on.
SERVICE = """
import os, time
FOLDER = {folder!r}

def work(n):
    with open(FOLDER + "/calls", "a") as calls:
        calls.write(f"{{os.getpid()}} {{n}}\\n")
    while not os.path.exists(FOLDER + "/go"):
        time.sleep(0.02)
    return {{"done": n}}
"""

MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="p" isExecutable="true">
  <startEvent id="s"/><serviceTask id="work"/>
  <intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>PT0.2S</timeDuration></timerEventDefinition>
  </intermediateCatchEvent><endEvent id="e"/>
  <sequenceFlow id="f" sourceRef="s" targetRef="work"/><sequenceFlow id="g" sourceRef="work" targetRef="t"/>
  <sequenceFlow id="h" sourceRef="t" targetRef="e"/>
</process></definitions>"""


def wait_for(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def calls_in(folder: Path) -> list[tuple[str, str]]:
    """Process id and case of each call that began."""
    file = folder / "calls"
    lines = file.read_text().splitlines() if file.exists() else []
    return [(words[0], words[1]) for words in map(str.split, lines) if len(words) == 2]


def test_two_share_the_work_and_the_one_that_is_left_ends_what_the_other_began(
    postgresql, serve, tmp_path: Path
) -> None:
    (tmp_path / "outside.py").write_text(SERVICE.format(folder=str(tmp_path)), encoding="utf-8")
    settings = {
        "PROCESSION_PYTHON_MODULES": "outside",
        "PROCESSION_LEASE_SECONDS": "2",
        "PROCESSION_RUNNER_THREADS": "2",
    }
    with postgresql.migrated() as url:
        servers = [serve(url, **settings) for _ in range(2)]
        for server in servers:
            server.wait_until_ready()
        engine = ProcessEngine(url, settings=Settings(runner_threads=0))
        engine.execute(Bind("p", "work", Binding("python", "outside:work")), SYSTEM)
        engine.execute(Deploy(files={"p.bpmn": MODEL}), SYSTEM)
        for n in range(CASES):
            engine.execute(StartProcess(key="p", variables={"n": n}), SYSTEM)
        first, second = (str(server.process.pid) for server in servers)
        wait_for(lambda: {first, second} <= {pid for pid, _ in calls_in(tmp_path)}, "one of the two does nothing")

        servers[0].kill()
        begun = {n for pid, n in calls_in(tmp_path) if pid == first}
        (tmp_path / "go").touch()

        wait_for(
            lambda: len(engine.query(InstanceList(state="completed", limit=200), SYSTEM).rows) == CASES,
            "the server that is left does not end all",
        )
        assert engine.query(IncidentList(), SYSTEM).rows == ()
        engine.close()
        calls = calls_in(tmp_path)
        assert begun
        assert begun <= {n for pid, n in calls if pid == second}
        assert sorted({int(n) for _, n in calls}) == list(range(CASES))
        assert "Traceback" not in servers[1].stop()


def test_two_that_start_at_once_on_an_empty_database_both_come_up_and_one_tells_the_password(postgresql, serve) -> None:
    with postgresql.empty() as url:
        servers = [serve(url) for _ in range(2)]
        for server in servers:
            server.wait_until_ready()
        printed = [server.stop() for server in servers]
    assert sum("Sign in as admin with" in each for each in printed) == 1, printed


def test_one_without_runners_leaves_jobs_to_the_others(postgresql, serve, tmp_path: Path) -> None:
    (tmp_path / "outside.py").write_text(SERVICE.format(folder=str(tmp_path)), encoding="utf-8")
    (tmp_path / "go").touch()
    with postgresql.migrated() as url:
        talker = serve(url, PROCESSION_PYTHON_MODULES="outside", PROCESSION_RUNNER_THREADS="0")
        worker = serve(url, PROCESSION_PYTHON_MODULES="outside")
        for server in (talker, worker):
            server.wait_until_ready()
        engine = ProcessEngine(url, settings=Settings(runner_threads=0))
        engine.execute(Bind("p", "work", Binding("python", "outside:work")), SYSTEM)
        engine.execute(Deploy(files={"p.bpmn": MODEL}), SYSTEM)
        for n in range(3):
            engine.execute(StartProcess(key="p", variables={"n": n}), SYSTEM)
        wait_for(
            lambda: len(engine.query(InstanceList(state="completed", limit=200), SYSTEM).rows) == 3,
            "the one with runners does not do the work",
        )
        engine.close()
        assert {pid for pid, _ in calls_in(tmp_path)} == {str(worker.process.pid)}
