"""The examples, run as programs against a real server on a port."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from waitress import create_server

from engine.commands import Deploy, StartProcess
from engine.commands.api_tokens import CreateToken
from engine.identity import SYSTEM
from engine.queries import InstanceList, TaskList

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "samples" / "it-account-creation" / "it-account-creation.bpmn"


@pytest.fixture
def server(app):
    server = create_server(app, host="127.0.0.1", port=0, threads=4)

    def run() -> None:
        # Closed from another thread, it ends in the middle of waiting.
        with suppress(OSError):
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    app.extensions["procession-polling"].stop()
    server.close()
    thread.join(timeout=5)


@pytest.fixture
def example(engine, server):
    """Start an example with a token of Otto's; what it is to do stands behind its name."""
    running = []

    def start(name: str, *arguments: str, permissions: tuple[str, ...]) -> subprocess.Popen[str]:
        token = engine.execute(CreateToken(name, permissions, "otto"), SYSTEM).token
        environment = {**os.environ, "PROCESSION_URL": server, "PROCESSION_TOKEN": token, "ACCOUNTS_TAKEN": "ada"}
        program = subprocess.Popen(
            [sys.executable, str(ROOT / "examples" / name), *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running.append(program)
        return program

    yield start
    for program in running:
        program.kill()
        program.communicate()


def result(program: subprocess.Popen[str]) -> str:
    said, _ = program.communicate(timeout=60)
    assert program.returncode == 0, said
    return said


@pytest.mark.parametrize("file", sorted((ROOT / "examples").glob("*.py")), ids=lambda file: file.stem)
def test_an_example_is_short(file):
    """Ten lines and a little, without what is imported and what a directory of one's own would do."""
    code = ast.parse(file.read_text("utf-8"))
    body = [each for each in code.body[1:] if not isinstance(each, ast.Import | ast.ImportFrom | ast.FunctionDef)]
    lines = {node.lineno for each in body for node in ast.walk(each) if hasattr(node, "lineno")}
    assert len(lines) <= 12


def test_a_file_is_deployed_and_started(example, engine, purchase, tmp_path):
    file = tmp_path / "purchase.bpmn"
    file.write_bytes(purchase)
    for _ in range(2):
        said = result(example("deploy_and_start.py", str(file), "supplier=ACME", permissions=("deploy", "start")))
        assert said.startswith("p version 1 runs as ")
    assert len(engine.query(InstanceList(), SYSTEM).rows) == 2


def test_a_task_is_done(example, engine, deploy, model):
    deploy(model('<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/><userTask id="t" name="Say"/>'))
    nothing = example("complete_a_task.py", permissions=("read", "work"))
    assert "nothing to do" in nothing.communicate(timeout=60)[0]
    for number in range(60):
        engine.execute(StartProcess("p", business_key=str(number)), SYSTEM)
    assert result(example("complete_a_task.py", "answer=yes", permissions=("read", "work"))) == "Done: Say\n"
    (done,) = engine.query(InstanceList(state="completed"), SYSTEM).rows
    assert done.business_key == "0"


def test_a_worker_makes_accounts_and_says_when_a_name_is_taken(example, engine):
    engine.execute(Deploy({SAMPLE.name: SAMPLE.read_bytes()}), SYSTEM)
    worker = example("accounts_worker.py", permissions=("serve",))
    engine.execute(StartProcess("it-account-creation", variables={"account_name": "elang"}), SYSTEM)
    assert worker.stdout.readline() == "create-account elang 204\n"
    assert worker.stdout.readline() == "create-mailbox elang 204\n"
    engine.execute(StartProcess("it-account-creation", variables={"account_name": "ada"}), SYSTEM)
    assert worker.stdout.readline() == "create-account ada 204\n"
    assert {task.element_id for task in engine.query(TaskList(), SYSTEM).rows} == {"hand_over", "choose_name"}
