"""The server's own threads on a real clock: what is due is done without being asked for."""

import threading
from datetime import timedelta

import pytest
from bench import Bench, flows, process

from engine.clock import SystemClock
from engine.commands import Bind
from engine.processengine import ProcessEngine
from engine.services import Binding
from engine.settings import Settings

CHAIN = process(
    '<startEvent id="s"/><serviceTask id="pay"/><intermediateCatchEvent id="w"><timerEventDefinition id="d">'
    "<timeDuration>PT0.05S</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    '<serviceTask id="tell"/><endEvent id="e"/>' + flows("s", "pay", "w", "tell", "e")
)


@pytest.fixture
def live(database_url):
    settings = Settings(python_modules=("billing",), runner_threads=3, poll=timedelta(seconds=30))
    engine = ProcessEngine(database_url, clock=SystemClock(), settings=settings)
    engine.start_runners()
    yield Bench(engine, SystemClock())
    engine.stop()


def test_twenty_instances_with_calls_and_a_timer(live, billing):
    lock, keys, told, all_told = threading.Lock(), [], [], threading.Event()

    @billing.define
    def pay(n, idempotency_key):
        with lock:
            keys.append(idempotency_key)
        return {"paid": n}

    @billing.define
    def tell(n, paid, idempotency_key):
        with lock:
            keys.append(idempotency_key)
            told.append((n, paid))
            if len(told) == 20:
                all_told.set()

    for element in ("pay", "tell"):
        live.do(Bind("p", element, Binding("python", f"billing:{element}")))
    live.deploy(CHAIN)
    instances = [live.start(variables={"n": number}) for number in range(20)]
    assert all_told.wait(30)
    live.engine.stop()
    assert sorted(told) == [(number, number) for number in range(20)]
    assert len(set(keys)) == len(keys) == 40
    assert {live.state(each) for each in instances} == {"completed"}


def test_a_call_longer_than_its_lease_is_made_once(database_url, billing):
    settings = Settings(
        python_modules=("billing",),
        runner_threads=3,
        lease=timedelta(milliseconds=300),
        poll=timedelta(milliseconds=50),
    )
    engine = ProcessEngine(database_url, clock=SystemClock(), settings=settings)
    engine.start_runners()
    live, calls, done, hold = Bench(engine, SystemClock()), [], threading.Event(), threading.Event()

    @billing.define
    def pay():
        calls.append(1)
        hold.wait(1.5)
        return {}

    @billing.define
    def tell():
        done.set()

    for element in ("pay", "tell"):
        live.do(Bind("p", element, Binding("python", f"billing:{element}")))
    live.deploy(CHAIN)
    live.start()
    assert done.wait(30)
    assert calls == [1]
    engine.stop()
