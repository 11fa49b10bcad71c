"""How long the server takes to answer, and how much memory it holds: empty, and with many waiting instances.

python benchmarks/server.py [INSTANCES]

Prints a JSON line a row. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from engine.commands.deploy import Deploy
from engine.commands.start_process import StartProcess
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine

MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="made">
<process id="wait" isExecutable="true"><startEvent id="start"/><userTask id="work"/><endEvent id="end"/>
<sequenceFlow id="a" sourceRef="start" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="end"/>
</process></definitions>"""


def megabytes(pid: int) -> float:
    """Resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    raise RuntimeError(f"There is no process {pid}.")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def serving(url: str) -> Iterator[tuple[int, dict[str, float]]]:
    """A server on that database: its port, how long it took to answer, and what it holds."""
    port = free_port()
    command = [sys.executable, "-c", "import sys; from webapp.cli import main; sys.exit(main())"]
    begin = time.perf_counter()
    server = subprocess.Popen(
        [*command, "serve", "--port", str(port)], env={**os.environ, "DATABASE_URL": url}, stdout=subprocess.DEVNULL
    )
    try:
        while True:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/health"):
                break
            time.sleep(0.02)
        seconds = round(time.perf_counter() - begin, 2)
        yield port, {"seconds_to_answer": seconds, "megabytes": megabytes(server.pid)}
    finally:
        server.terminate()
        server.wait()


def serve(url: str) -> dict[str, float]:
    """Start the server on that database, ask it once, and stop it."""
    with serving(url) as (_, figures):
        return figures


def main(instances: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        print(json.dumps({"server": "first start", **serve(url)}), flush=True)
        print(json.dumps({"server": "next start", **serve(url)}), flush=True)
        engine = ProcessEngine(url)
        engine.execute(Deploy({"wait.bpmn": MODEL}), SYSTEM)
        before = megabytes(os.getpid())
        for number in range(instances):
            engine.execute(StartProcess(key="wait", variables={"number": number}), SYSTEM)
            if number + 1 in (instances // 4, instances):
                row = {"engine": "waiting instances", "number": number + 1}
                print(json.dumps({**row, "more_megabytes": round(megabytes(os.getpid()) - before, 1)}), flush=True)
        engine.close()
        print(json.dumps({"server": f"start with {instances} waiting", **serve(url)}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
