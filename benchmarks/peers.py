"""The five workloads that other engines are measured with, each start and each completed task its own transaction.

python benchmarks/peers.py DATABASE_URL WORKLOADS SECONDS

Prints a JSON line a workload. History is complete, as always. The database should be empty.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.deploy import Deploy
from engine.commands.start_process import StartProcess
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.queries.open_tasks import OpenTasks

WORKLOADS = ("straight", "chain", "fork", "multi", "loop")


def one(engine: ProcessEngine, key: str) -> int:
    """Start an instance and complete its tasks to the end; the number of steps that took."""
    instance = engine.execute(StartProcess(key=key, variables={"amount": 150, "customer": "ACME"}), SYSTEM)
    steps, turn = 1, 0
    while tasks := engine.query(OpenTasks(instance), SYSTEM):
        for task in tasks:
            turn += 1
            engine.execute(CompleteUserTask(task.id, {"again": turn < 100, "note": "ok"}), SYSTEM)
            steps += 1
    return steps


def main(url: str, folder: str, seconds: float) -> None:
    engine = ProcessEngine(url)
    for name in WORKLOADS:
        content = (Path(folder) / f"{name}.bpmn").read_bytes()
        engine.execute(Deploy({f"{name}.bpmn": content}), SYSTEM)
        begin, instances, steps = time.perf_counter(), 0, 0
        while time.perf_counter() - begin < seconds:
            steps += one(engine, name)
            instances += 1
        spent = time.perf_counter() - begin
        line = {
            "peer": "procession",
            "workload": name,
            "threads": 1,
            "instances": instances,
            "steps": steps,
            "seconds": round(spent, 3),
            "instances_per_s": round(instances / spent, 1),
            "steps_per_s": round(steps / spent, 1),
        }
        print(json.dumps(line), flush=True)
    engine.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
