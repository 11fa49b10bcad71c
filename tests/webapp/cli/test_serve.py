"""`procession serve`: what it says when it cannot; that it stops when told and keeps what runs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from webapp.cli import main

UP_WITHIN = 30.0


@contextmanager
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def free_port() -> int:
    with taken_port() as port:
        return port


def test_a_taken_port_is_said_before_anything_is_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.db"
    with taken_port() as port:
        assert main(["serve", "--port", str(port), "--database", f"sqlite:///{path}"]) == 1
    told = capsys.readouterr()
    assert f"Port {port} cannot be used" in told.err
    assert f"PORT={port + 1}" in told.err
    assert not path.exists()


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_what_is_no_port_is_refused(
    port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", port)
    assert main(["serve"]) == 1
    assert f"{port!r} is no port" in capsys.readouterr().err


def test_a_database_that_is_not_there_is_said_without_its_password(capsys: pytest.CaptureFixture[str]) -> None:
    url = f"postgresql://me:secret@127.0.0.1:{free_port()}/none"
    assert main(["tasks", "--database", url]) == 1
    told = capsys.readouterr().err
    assert "cannot be opened" in told
    assert "secret" not in told


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.db"
    path.write_text("not a database, but long enough to be taken for one" * 100, encoding="utf-8")
    assert main(["tasks", "--database", f"sqlite:///{path}"]) == 1
    assert "cannot be opened: file is not a database" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("foo", "'foo' is no database address. Write sqlite:///FILE"),
        ("postgresql://me:secret@host:abc/d", "'postgresql://me:***@host:abc/d' is no database address."),
        ("postgresql://me:s:ec/ret@host:abc/d", "'postgresql://me:***@host:abc/d' is no database address."),
        ("mysql://a/b", "mysql is no database that is supported. Use SQLite or PostgreSQL."),
        (
            "sqlite:////not/there/x.db",
            "cannot be opened: unable to open database file. Look whether its folder is there",
        ),
        ("sqlite:///", "sqlite:/// names no file"),
    ],
)
def test_an_address_that_cannot_be_used_is_said_in_a_line(
    url: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["serve", "--port", str(free_port())]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_and_a_second_start_keeps_the_data(
    how: signal.Signals, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = ["--database", f"sqlite:///{tmp_path / 'data' / 'procession.db'}"]
    for number in range(2):
        port = free_port()
        environment = {**os.environ, "PORT": str(port), "PROCESSION_DATA": str(tmp_path / "data"), "DATABASE_URL": ""}
        command = [sys.executable, "-c", "import sys; from webapp.cli import main; sys.exit(main(['serve', '--demo']))"]
        server = subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            wait_until_up(port, server)
        finally:
            server.send_signal(how)
            printed = server.communicate(timeout=30)[0]
        assert "Traceback" not in printed
        assert "Sign in as" in printed
        if number == 0:
            assert main(["start", "Order handling", "--business-key", "order 12", *database]) == 0
    capsys.readouterr()
    assert main(["instances", *database]) == 0
    assert "order 12" in capsys.readouterr().out


def wait_until_up(port: int, server: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + UP_WITHIN
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, server.communicate()[0]
            assert time.monotonic() < deadline, "the server did not answer in time"
            time.sleep(0.05)
