"""An engine on an empty database with a clock that tests move, and models written in a line or two."""

from __future__ import annotations

import itertools
import sys
import types
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from engine.clock import VirtualClock
from engine.commands import Deploy, StartProcess
from engine.identity import SYSTEM, Actor
from engine.processengine import ProcessEngine
from engine.queries import InstanceDetail, TaskList
from engine.settings import Settings

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 id="d" targetNamespace="t" expressionLanguage="python">{}</definitions>"""

EVERYTHING = frozenset({"read", "work", "start", "deploy", "serve", "operate", "administer"})


def model(body: str) -> bytes:
    return MODEL.format(body).encode()


def process(body: str, key: str = "p", executable: bool = True, outside: str = "") -> bytes:
    """A process of that body; `outside` stands beside it: messages, signals, errors."""
    return model(f'{outside}<process id="{key}" name="{key}" isExecutable="{str(executable).lower()}">{body}</process>')


def flows(*names: str) -> str:
    """Sequence flows through these elements, one after the other."""
    return "".join(
        f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in itertools.pairwise(names)
    )


class Bench:
    """The engine with what tests do most."""

    def __init__(self, engine: ProcessEngine, clock: VirtualClock) -> None:
        self.engine = engine
        self.clock = clock

    def do(self, command: Any, actor: Actor = SYSTEM) -> Any:
        return self.engine.execute(command, actor)

    def ask(self, query: Any, actor: Actor = SYSTEM) -> Any:
        return self.engine.query(query, actor)

    def deploy(self, content: bytes, **options: Any) -> Any:
        return self.do(Deploy(files={"model.bpmn": content}, **options))

    def start(self, key: str = "p", **options: Any) -> str:
        return self.do(StartProcess(key=key, **options))

    def tasks(self, actor: Actor = SYSTEM, **options: Any) -> list[Any]:
        return list(self.ask(TaskList(**options), actor).rows)

    def state(self, instance: str) -> str:
        return self.ask(InstanceDetail(instance)).instance.state

    def variables(self, instance: str) -> dict[str, Any]:
        scopes = self.ask(InstanceDetail(instance)).scopes
        return scopes[0].variables if scopes else {}

    def at(self, instance: str) -> list[str]:
        """The elements where tokens rest, without those around them."""
        tokens = self.ask(InstanceDetail(instance)).tokens
        outer = {token.parent for token in tokens}
        return sorted(token.element_id for token in tokens if token.number not in outer)

    def run_due(self, later: timedelta | None = None) -> int:
        if later is not None:
            self.clock.advance(later)
        return self.engine.run_due()


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def bench(database_url: str, clock: VirtualClock) -> Iterator[Bench]:
    engine = ProcessEngine(database_url, clock=clock, settings=Settings(python_modules=("billing",), runner_threads=0))
    yield Bench(engine, clock)
    engine.stop()


@pytest.fixture
def billing(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """A module whose functions service tasks may call; tests put them there with `define`."""
    module = types.ModuleType("billing")

    def define(function: Any) -> Any:
        function.__module__ = "billing"
        setattr(module, function.__name__, function)
        return function

    module.define = define  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "billing", module)
    return module


def person(user: str, *groups: str, may: frozenset[str] = frozenset({"read", "work", "start"})) -> Actor:
    return Actor(user, frozenset(groups), may)
