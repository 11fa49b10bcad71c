"""Real servers, each a process of its own, as an operator starts them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

UP_WITHIN = 60.0
PROGRAM = "import sys; from webapp.cli import main; sys.exit(main())"


@dataclass(frozen=True)
class Server:
    address: str
    process: subprocess.Popen[str]

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + UP_WITHIN
        while True:
            try:
                with urllib.request.urlopen(f"{self.address}/ready", timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None, self.process.communicate()[0]
                assert time.monotonic() < deadline, "the server did not get ready in time"
                time.sleep(0.05)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> str:
        """As an operator does; what it printed."""
        self.process.terminate()
        return self.process.communicate(timeout=30)[0]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts a server on a database, with settings, and does not wait for it; what still runs at the end is killed."""
    running: list[Server] = []

    def start(url: str, *options: str, **settings: str) -> Server:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        path = os.pathsep.join([str(tmp_path), *(each for each in sys.path if each)])
        environment = {**os.environ, "PORT": str(port), "DATABASE_URL": url, "PYTHONPATH": path, **settings}
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "serve", *options],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running.append(Server(f"http://127.0.0.1:{port}", process))
        return running[-1]

    yield start
    for server in running:
        if server.process.poll() is None:
            server.kill()
        assert server.process.stdout
        server.process.stdout.close()
