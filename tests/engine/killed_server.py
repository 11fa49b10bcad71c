"""A server to be killed: for each line it reads it forks one, says its process id, and waits for its end."""

from __future__ import annotations

import os
import sys
import threading
import time
from datetime import timedelta
from typing import Any

from engine.commands import Bind, Deploy, StartProcess
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.services.binding import Binding
from engine.settings import Settings

INSTANCES = 20
ROUNDS = 8
MODEL = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
<process id="rounds" isExecutable="true">
  <startEvent id="start"/>
  <sequenceFlow id="f1" sourceRef="start" targetRef="count"/>
  <serviceTask id="count" implementation="count"/>
  <sequenceFlow id="f2" sourceRef="count" targetRef="more"/>
  <exclusiveGateway id="more" default="again"/>
  <sequenceFlow id="again" sourceRef="more" targetRef="count"/>
  <sequenceFlow id="enough" sourceRef="more" targetRef="pause">
    <conditionExpression>n &gt;= {ROUNDS}</conditionExpression>
  </sequenceFlow>
  <intermediateCatchEvent id="pause">
    <timerEventDefinition><timeDuration>PT0.1S</timeDuration></timerEventDefinition>
  </intermediateCatchEvent>
  <sequenceFlow id="f3" sourceRef="pause" targetRef="finish"/>
  <serviceTask id="finish" implementation="finish"/>
  <sequenceFlow id="f4" sourceRef="finish" targetRef="end"/>
  <endEvent id="end"/>
</process></definitions>""".encode()


def count(n: int, order: int, idempotency_key: str) -> dict[str, Any]:
    """Called from outside: writes down that it was, before anything in the engine knows of it."""
    _write_down(f"{order} count-{n + 1} {idempotency_key}")
    return {"n": n + 1}


def finish(order: int, idempotency_key: str) -> None:
    _write_down(f"{order} finish {idempotency_key}")


def _write_down(line: str) -> None:
    with open(os.environ["LEDGER"], "a", encoding="utf-8") as ledger:
        ledger.write(line + "\n")
    time.sleep(0.005)


def prepare(url: str) -> None:
    engine = ProcessEngine(url)
    engine.execute(Deploy({"rounds.bpmn": MODEL}), SYSTEM)
    for element in ("count", "finish"):
        engine.execute(Bind("rounds", element, Binding("python", f"killed_server:{element}")), SYSTEM)
    engine.close()


def serve(url: str) -> None:
    """A server's life: it runs jobs, and starts the instances that are not there yet."""
    engine = ProcessEngine(url, settings=Settings(python_modules=("killed_server",), lease=timedelta(seconds=1)))
    engine.start_runners()
    for order in range(INSTANCES):
        engine.execute(StartProcess("rounds", variables={"n": 0, "order": order}, idempotency_key=str(order)), SYSTEM)
    threading.Event().wait()


def main() -> None:
    url = sys.argv[1]
    prepare(url)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(url)
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
