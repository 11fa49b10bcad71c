"""From the events alone every past state comes back: tokens, scopes, variables, instances."""

from __future__ import annotations

import random
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.history.replay import Replay, replay
from engine.persistence import Database, roots
from engine.persistence.events import Events
from engine.runtime.records import EventRecord, RootState

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def comparable(state: RootState) -> dict[str, Any]:
    rebuilt = asdict(state)
    rebuilt["instances"].sort(key=lambda each: each["id"])
    for name in ("root_id", "revision", "counter"):
        del rebuilt[name]
    return rebuilt


def as_it_was(root: Any) -> dict[str, Any]:
    state = root.state()
    del state["counter"]
    return state


def run(root: Any, chance: random.Random, steps: int) -> tuple[list[EventRecord], dict[int, dict[str, Any]]]:
    """Random steps; all their events, and the state after each step by the number of its last event."""
    root.start("orders-1", business_key="O-1")
    events, states = [], {}
    for number in range(steps):
        root.at(NOW + timedelta(minutes=number), chance.choice(["ada", None]))
        for _ in range(chance.randrange(6)):
            root.move(chance)
        events += root.step().events
        states[root.event_count] = as_it_was(root)
    return events, states


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 25), ends=st.booleans())
def test_every_past_state_comes_back(imaginary_root: type, seed: int, steps: int, ends: bool) -> None:
    root = imaginary_root.new("root", None, NOW, "ada")
    events, states = run(root, random.Random(seed), steps)
    if ends:
        root.end()
        events += root.step().events
        states[root.event_count] = as_it_was(root)
    past = Replay("root")
    for event in events:
        past.apply(event)
        if event.number in states:
            assert comparable(past.state()) == states[event.number]


@pytest.mark.parametrize("seed", range(4))
def test_what_is_stored_is_enough(database: Database, definition_id: str, imaginary_root: type, seed: int) -> None:
    chance = random.Random(seed)
    root = imaginary_root.new("root", None, NOW, "ada")
    root.start(definition_id)
    states = {}
    for revision in range(20):
        for _ in range(chance.randrange(1, 6)):
            root.move(chance)
        with database.writing() as connection:
            roots.save(connection, root.step(), revision, is_new=revision == 0)
            connection.commit()
        states[root.event_count] = as_it_was(root)
    with database.reading() as connection:
        for number, state in states.items():
            assert comparable(replay("root", Events(connection).of_root("root", number), number)) == state


def test_what_people_did_changes_no_state() -> None:
    past = Replay("root")
    past.apply(EventRecord(1, "root", NOW, "task-claimed", token=3, data={"by": "ada"}))
    assert past.state().tokens == []
    assert past.state().event_count == 1


def test_a_damaged_history_is_said_to_be() -> None:
    with pytest.raises(ValueError, match="damaged"):
        Replay("root").apply(EventRecord(1, "root", NOW, "variable-set", name="amount", value="7"))
