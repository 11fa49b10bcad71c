"""Recorded behaviour of Camunda 7 and Flowable: how much of the core sets comes out as it did there.

The recordings lie beside the project and are only read. A count here is a floor: it may rise, and falls never.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

SUITE = Path(__file__).parents[3] / "shared" / "conformance"
SECONDS = 20.0

# engine -> how many of its core set come out right at level 1 (where the tokens are), 2 (variables and tasks too), 3
# (and jobs, subscriptions, incidents, how often what was done)
FLOORS = {"camunda7": (81, 80, 74), "flowable": (47, 47, 33)}

pytestmark = pytest.mark.skipif(
    not (SUITE / "scenario_run.py").is_file(), reason="the recorded scenarios are not beside the project"
)


@pytest.fixture
def suite(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The suite's own runner, with its alarm."""
    monkeypatch.syspath_prepend(str(SUITE))
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import scenario_run

    def ring(_: int, __: FrameType | None) -> None:
        raise scenario_run.Timeout

    before = signal.signal(signal.SIGALRM, ring)
    yield scenario_run
    signal.signal(signal.SIGALRM, before)
    sys.modules.pop("scenario_run", None)


@pytest.mark.parametrize("vendor", FLOORS)
def test_the_core_set_reaches_its_floor(vendor: str, suite: Any) -> None:
    from scenario_adapter import Engine

    folder = SUITE / "scenarios"
    levels = {}
    for name in json.loads((folder / f"{vendor}.core.json").read_text(encoding="utf-8")):
        levels[name], why, _ = suite.run(Engine, str(folder / vendor / f"{name}.json"), SECONDS)
        if levels[name] < 3:
            print(f"{name}: level {levels[name]}: {why}")
    reached = [sum(level >= wanted for level in levels.values()) for wanted in (1, 2, 3)]
    assert all(count >= floor for count, floor in zip(reached, FLOORS[vendor], strict=True)), reached
