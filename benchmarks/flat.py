"""What a step costs as an instance grows older and wider: milliseconds and rows written, at 10 and at many.

python benchmarks/flat.py DATABASE_URL

Prints a JSON line a table row. The database should be empty.
"""

from __future__ import annotations

import json
import statistics
import sys
import time

from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.deploy import Deploy
from engine.commands.start_process import StartProcess
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.queries.history import History
from engine.queries.user_tasks import TaskList

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://example.org/flat">'
)
LOOP = f"""{HEAD}<process id="loop" isExecutable="true"><startEvent id="start"/><userTask id="work"/>
<exclusiveGateway id="more" default="enough"/><endEvent id="end"/>
<sequenceFlow id="a" sourceRef="start" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="more"/>
<sequenceFlow id="again" sourceRef="more" targetRef="work"><conditionExpression>again</conditionExpression>
</sequenceFlow><sequenceFlow id="enough" sourceRef="more" targetRef="end"/></process></definitions>"""
WIDE = f"""{HEAD}<process id="wide" isExecutable="true"><startEvent id="start"/><userTask id="approve">
<multiInstanceLoopCharacteristics><loopCardinality>count</loopCardinality></multiInstanceLoopCharacteristics></userTask>
<endEvent id="end"/><sequenceFlow id="a" sourceRef="start" targetRef="approve"/>
<sequenceFlow id="b" sourceRef="approve" targetRef="end"/></process></definitions>"""
SAMPLE = 40


def older(engine: ProcessEngine, rounds: int) -> dict[str, float]:
    """The steps after so many finished tasks of one instance."""
    instance = engine.execute(StartProcess(key="loop"), SYSTEM)
    for _ in range(rounds):
        complete(engine, instance)
    return sampled(engine, instance)


def wider(engine: ProcessEngine, waiting: int) -> dict[str, float]:
    """The steps while so many tasks of one instance wait."""
    instance = engine.execute(StartProcess(key="wide", variables={"count": waiting + SAMPLE}), SYSTEM)
    return sampled(engine, instance)


def sampled(engine: ProcessEngine, instance: str) -> dict[str, float]:
    times = []
    before = last_event(engine, instance)
    for _ in range(SAMPLE):
        times.append(complete(engine, instance))
    return {
        "median_ms": round(statistics.median(times) * 1000, 3),
        "history_rows_a_step": round((last_event(engine, instance) - before) / SAMPLE, 2),
    }


def complete(engine: ProcessEngine, instance: str) -> float:
    """Complete the oldest task; the seconds that the command took."""
    (task,) = engine.query(TaskList(instance_id=instance, limit=1), SYSTEM).rows
    begin = time.perf_counter()
    engine.execute(CompleteUserTask(task.id, {"again": True}), SYSTEM)
    return time.perf_counter() - begin


def last_event(engine: ProcessEngine, instance: str) -> int:
    (newest,) = engine.query(History(instance, newest_first=True, limit=1), SYSTEM).rows
    return newest.number


def main(url: str) -> None:
    engine = ProcessEngine(url)
    for name, model in (("loop", LOOP), ("wide", WIDE)):
        engine.execute(Deploy({f"{name}.bpmn": model.encode()}), SYSTEM)
    for name, measure, sizes in (
        ("finished tasks", older, (10, 1_000, 10_000)),
        ("waiting tasks", wider, (10, 100, 1_000)),
    ):
        for size in sizes:
            print(json.dumps({"of": name, "number": size, **measure(engine, size)}), flush=True)
    engine.close()


if __name__ == "__main__":
    main(sys.argv[1])
