"""How long the server takes for the pages and lists of people with much to look at.

python benchmarks/portal.py DATABASE_URL [ROUNDS]

The database is one that benchmarks/fill.py has filled. Each page is asked for by a clerk, an owner and an operator, in
this process and without a network: what is measured is the server's time. Prints a JSON line a page and person.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Callable
from statistics import quantiles

from fill import PASSWORD, PROCESSES, TEAMS
from flask.testing import FlaskClient

from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.queries import InstanceDetail, InstanceList, TaskList
from engine.queries.totals import Totals
from webapp.app import create_app

PEOPLE = ("clara", "olga", "otto")
chance = random.Random(2)


def pages(engine: ProcessEngine) -> dict[str, Callable[[], str]]:
    """By what a page shows, its address: another one each time."""
    cases = [row.id for row in engine.query(InstanceList(limit=100), SYSTEM).rows]
    (long,) = engine.query(InstanceList(business_key="LONG"), SYSTEM).rows
    views = (engine.query(InstanceDetail(id), SYSTEM) for id in cases if id != long.id)
    customers = [view.scopes[0].variables["customer"] for view in views]
    tasks = [row.id for row in engine.query(TaskList(candidate_group=TEAMS[0], limit=100), SYSTEM).rows]

    def number() -> int:
        return chance.randrange(100_000)

    return {
        "tasks: all": lambda: "/tasks",
        "tasks: mine": lambda: "/tasks?view=mine",
        "tasks: my groups by due date": lambda: "/tasks?view=groups&sort=due",
        "tasks: late": lambda: "/tasks?due=late",
        "tasks: of a process by priority": lambda: f"/tasks?process={chance.choice(PROCESSES)}&sort=priority",
        "tasks: search for a reference": lambda: f"/tasks?q=C-{number():06}",
        "tasks: search for a customer": lambda: f"/tasks?q={chance.choice(customers).replace(' ', '+')}",
        "tasks: search for what is nowhere": lambda: f"/tasks?q=nobody+{number()}",
        "tasks: by a variable": lambda: f"/tasks?variable=amount={number()}",
        "a task": lambda: f"/tasks/{chance.choice(tasks)}",
        "instances": lambda: "/instances",
        "instances: of a process that run": lambda: f"/instances?process={chance.choice(PROCESSES)}&state=running",
        "instances: search for a reference": lambda: f"/instances?q=C-{number():06}",
        "instances: by a variable": lambda: f"/instances?variable=amount&value={number()}",
        "an instance": lambda: f"/instances/{chance.choice(cases)}",
        "an instance of 5,000 events": lambda: f"/instances/{long.id}",
        "processes": lambda: "/processes",
        "a process": lambda: f"/processes/{chance.choice(PROCESSES)}",
        "start": lambda: "/start",
        "search everywhere": lambda: f"/find?q=C-{number():06}",
        "operations": lambda: "/operations",
    }


def signed_in(client: FlaskClient, user: str) -> FlaskClient:
    page = client.get("/sign-in").get_data(as_text=True)
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    form = {"user": user, "password": PASSWORD, "csrf": found.group(1)}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


def measure(client: FlaskClient, address: Callable[[], str], rounds: int) -> list[float] | None:
    """Milliseconds of each round; None where the page is not for this person."""
    spent = []
    for turn in range(rounds + 2):
        path = address()
        begin = time.perf_counter()
        status = client.get(path).status_code
        if turn >= 2:
            spent.append((time.perf_counter() - begin) * 1000)
        # One that is not theirs to see, such as another team's case, says nothing about the time of a page.
        if status == 404:
            return None
        assert status == 200, (path, status)
    return spent


def counting(engine: ProcessEngine, rounds: int) -> list[float]:
    """Milliseconds of what stands behind /metrics, which keeps it for some seconds."""
    spent = []
    for _ in range(rounds):
        begin = time.perf_counter()
        engine.query(Totals(), SYSTEM)
        spent.append((time.perf_counter() - begin) * 1000)
    return spent


def tell(page: str, who: str, spent: list[float]) -> None:
    cuts = quantiles(spent, n=20)
    line = {"page": page, "who": who, "p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1)}
    print(json.dumps(line), flush=True)


def main(url: str, rounds: int = 20) -> None:
    engine = ProcessEngine(url)
    app = create_app(engine)
    for user in PEOPLE:
        client = signed_in(app.test_client(), user)
        for name, address in pages(engine).items():
            spent = measure(client, address, rounds)
            if spent is None:
                continue
            tell(name, user, spent)
    tell("numbers for scrapers, counted anew", "otto", counting(engine, rounds))
    engine.close()


if __name__ == "__main__":
    main(sys.argv[1], *(int(each) for each in sys.argv[2:]))
