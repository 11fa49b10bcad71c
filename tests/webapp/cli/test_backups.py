"""Backups are made and put back with the commands of docs/operations.md, while a server works on the database."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from engine.commands import Deploy, StartProcess
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.queries import InstanceList
from engine.settings import Settings
from webapp.cli import first_start
from webapp.cli.first_start import make_first_administrator

DOCUMENT = (Path(__file__).parents[3] / "docs" / "operations.md").read_text(encoding="utf-8")
MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="p" isExecutable="true"><startEvent id="s"/><userTask id="a"/><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="a"/><sequenceFlow id="g" sourceRef="a" targetRef="e"/></process>
</definitions>"""


def commands(*beginnings: str) -> list[str]:
    """The lines of the document's blocks that begin so."""
    lines = re.findall(r"^```sh\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    found = [line for block in lines for line in block.splitlines() if line.startswith(beginnings)]
    assert found, f"the document shows no command {beginnings}"
    return found


def keys(url: str) -> set[str | None]:
    engine = ProcessEngine(url, settings=Settings(runner_threads=0))
    found = {row.business_key for row in engine.query(InstanceList(limit=200), SYSTEM).rows}
    engine.close()
    return found


def start(engine: ProcessEngine, key: str) -> None:
    engine.execute(StartProcess(key="p", business_key=key), SYSTEM)


def programs_of(postgresql: Any) -> Path:
    """Where the programs are that came with the server: it brings several versions of itself."""
    engine = create_engine(postgresql.address)
    with engine.connect() as connection:
        folder = str(connection.execute(text("SELECT setting FROM pg_config() WHERE name = 'BINDIR'")).scalar_one())
    engine.dispose()
    return Path(folder)


@pytest.fixture
def shell(tmp_path: Path) -> Callable[..., None]:
    """Runs a line of the document, with this Python as that of `.venv`."""

    def run(line: str, **environment: str) -> None:
        line = line.replace(".venv/bin/python", sys.executable)
        subprocess.run(["sh", "-c", line], cwd=tmp_path, check=True, env={**os.environ, **environment})

    return run


def test_sqlite_is_copied_while_a_server_runs_and_put_back_after_it_was_killed(serve, shell, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    url = f"sqlite:///{tmp_path / 'var' / 'procession.db'}"
    server = serve(url)
    server.wait_until_ready()
    engine = ProcessEngine(url, settings=Settings(runner_threads=0))
    engine.execute(Deploy(files={"p.bpmn": MODEL}), SYSTEM)
    start(engine, "before")
    for line in commands(".venv/bin/python -c"):
        shell(line)
    for number in range(50):
        start(engine, f"after {number}")
    engine.close()
    server.kill()
    # What was written last is still in the log beside the file, as after any crash.
    assert (tmp_path / "var" / "procession.db-wal").stat().st_size > 0

    for line in commands("rm ", "cp "):
        shell(line)
    again = serve(url)
    again.wait_until_ready()
    assert "Sign in as admin" not in again.stop()
    assert keys(url) == {"before"}


def test_postgresql_is_dumped_while_a_server_runs_and_restored(postgresql, serve, shell, tmp_path: Path) -> None:
    address = postgresql.address
    environment = {
        "PATH": f"{programs_of(postgresql)}{os.pathsep}{os.environ['PATH']}",
        "PGHOST": str(address.query["host"]),
        "PGUSER": str(address.username),
    }
    postgresql.run("CREATE ROLE procession LOGIN CREATEDB", "CREATE DATABASE procession OWNER procession")
    owner = address.set(username="procession", database="procession").render_as_string(hide_password=False)
    try:
        server = serve(owner)
        server.wait_until_ready()
        engine = ProcessEngine(owner, settings=Settings(runner_threads=0))
        engine.execute(Deploy(files={"p.bpmn": MODEL}), SYSTEM)
        start(engine, "before")
        for line in commands("pg_dump"):
            shell(line, **environment)
        start(engine, "after")
        engine.close()
        server.stop()

        for line in commands("dropdb", "createdb", "pg_restore"):
            shell(line, **environment)
        again = serve(owner)
        again.wait_until_ready()
        assert keys(owner) == {"before"}
        engine = ProcessEngine(owner, settings=Settings(runner_threads=0))
        start(engine, "later")
        engine.close()
        assert "Traceback" not in again.stop()
    finally:
        postgresql.run("DROP DATABASE IF EXISTS procession WITH (FORCE)", "DROP ROLE procession")


def test_where_another_server_makes_the_administrator_in_between_this_one_does_not(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (ProcessEngine(database_url, settings=Settings(runner_threads=0)) for _ in range(2))
    passwords = first_start.one_time_password

    def slow() -> str:
        monkeypatch.setattr(first_start, "one_time_password", passwords)
        assert make_first_administrator(other) is not None
        return passwords()

    monkeypatch.setattr(first_start, "one_time_password", slow)
    assert make_first_administrator(one) is None
    one.close()
    other.close()
