"""A database as it is after a year: by default 100,000 open tasks and a million history events, written by the engine.

python benchmarks/fill.py DATABASE_URL [TASKS]

Cases of five processes, for twenty teams, over a year; a fifth of the tasks have a due date, one in fifty somebody who
has it. The users are clara (a clerk of two teams), olga (an owner) and otto (an operator), password `benchmark way`.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from engine.clock import VirtualClock
from engine.commands import ClaimUserTask, CreateUser, Deploy, StartProcess
from engine.identity import SYSTEM, Actor
from engine.permissions import ROLES
from engine.processengine import ProcessEngine
from engine.queries.open_tasks import OpenTasks

TEAMS = tuple(f"team-{number:02}" for number in range(20))
PROCESSES = tuple(f"case-{number}" for number in range(5))
CUSTOMERS = ("ACME", "Globex", "Initech", "Umbrella", "Hooli", "Stark", "Wayne", "Wonka", "Tyrell", "Cyberdyne")
PASSWORD = "benchmark way"
YEAR = timedelta(days=365)
PARTS = 1200

STEPS = ("receive", "sort", "enrich", "route")


def model(key: str) -> bytes:
    """Four steps that pass by themselves, then one for a team: ten lines of history, as many as a real case has."""
    steps = "".join(f'<task id="{name}" name="{name.title()}"/>' for name in STEPS)
    order = ("s", *STEPS, "decide", "e")
    flows = "".join(f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(order))
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t" '
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
        f'<process id="{key}" name="{key.title()}" isExecutable="true"><startEvent id="s"/>{steps}'
        '<userTask id="decide" name="Decide the case" camunda:candidateGroups="${team}" camunda:dueDate="${due}"/>'
        f'<endEvent id="e"/>{flows}</process></definitions>'
    ).encode()


def long_model() -> bytes:
    """A case with a long history: one task for each of many parts, then one for a team."""
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">'
        '<process id="long" name="Long" isExecutable="true"><startEvent id="s"/><task id="part" name="Part">'
        f"<multiInstanceLoopCharacteristics><loopCardinality>{PARTS}</loopCardinality>"
        '</multiInstanceLoopCharacteristics></task><userTask id="decide" name="Decide it"/>'
        '<sequenceFlow id="a" sourceRef="s" targetRef="part"/>'
        '<sequenceFlow id="b" sourceRef="part" targetRef="decide"/>'
        "</process></definitions>"
    ).encode()


def main(url: str, tasks: int = 100_000) -> None:
    chance = random.Random(1)
    clock = VirtualClock(datetime(2025, 11, 1, 8, tzinfo=UTC))
    engine = ProcessEngine(url, clock=clock)
    for key in PROCESSES:
        engine.execute(Deploy({f"{key}.bpmn": model(key)}), SYSTEM)
    engine.execute(CreateUser("clara", PASSWORD, "Clara", None, ROLES["user"], TEAMS[:2]), SYSTEM)
    engine.execute(CreateUser("olga", PASSWORD, "Olga", None, ROLES["owner"]), SYSTEM)
    engine.execute(CreateUser("otto", PASSWORD, "Otto", None, ROLES["operator"]), SYSTEM)
    engine.execute(Deploy({"long.bpmn": long_model()}), SYSTEM)
    engine.execute(StartProcess("long", business_key="LONG"), SYSTEM)
    began = time.perf_counter()
    for number in range(tasks):
        clock.advance(YEAR / tasks)
        team = chance.choice(TEAMS)
        due = clock.now() + timedelta(days=chance.randrange(1, 700)) if number % 5 == 0 else None
        values = {
            "team": team,
            "due": due,
            "customer": f"{chance.choice(CUSTOMERS)} {chance.randrange(10_000)}",
            "amount": chance.randrange(1, 100_000),
        }
        starter = Actor(f"starter-{number % 50}", permissions=frozenset({"start"}))
        start = StartProcess(chance.choice(PROCESSES), variables=values, business_key=f"C-{number:06}")
        instance = engine.execute(start, starter)
        if number % 50 == 0:
            (task,) = engine.query(OpenTasks(instance), SYSTEM)
            user = "clara" if number % 1000 == 0 else f"clerk-{number % 400}"
            engine.execute(ClaimUserTask(task.id), Actor(user, frozenset({team}), frozenset({"work"})))
        if number % 10_000 == 9_999:
            print(f"{number + 1:,} after {time.perf_counter() - began:.0f} s", flush=True)
    engine.close()


if __name__ == "__main__":
    main(sys.argv[1], *(int(each) for each in sys.argv[2:]))
