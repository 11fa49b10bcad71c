"""`play(model)` as in the tests of elements; `twin(model)`: one root, loaded for each command and also kept live."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from engine.errors import Refusal
from engine.history.replay import replay
from engine.runtime.records import IncidentRecord, JobRecord, RootState, SubscriptionRecord, UserTaskRecord
from engine.runtime.root import Root

PLAYING = runpy.run_path(str(Path(__file__).parents[1] / "playing.py"))
ORDER = [UserTaskRecord, JobRecord, SubscriptionRecord, IncidentRecord]


class Twin:
    """After each command both roots have made the same step, and the history alone gives the state that is stored."""

    def __init__(self, game: Any) -> None:
        self.game = game
        self.now = game.now
        self.stored = PLAYING["Stored"]()
        self.live = Root.new("r1", game, self.now, "ann")
        loaded = Root.new("r1", game, self.now, "ann")
        self._compare(loaded, lambda root: root.start(next(iter(game.specs)), {"x": 0}))

    @property
    def state(self) -> str:
        return str(self.stored.instances["r1"].state)

    @property
    def waits(self) -> list[Any]:
        """What can be done now; incidents last, for most are retried in vain."""
        return sorted(self.stored.waits.values(), key=lambda wait: (ORDER.index(type(wait)), wait.number))

    def stuck(self) -> list[Any]:
        """Tokens at rest that wait for nothing outside and hold no others."""
        holding = {token.parent for token in self.stored.tokens.values()}
        return [
            token
            for number, token in self.stored.tokens.items()
            if number not in holding and not token.data.get("waits") and not token.data.get("parked")
        ]

    def act(self, wait: Any, choice: int) -> None:
        """Let happen what is waited for; `choice` says how."""
        x = {"x": choice % 3}
        if isinstance(wait, UserTaskRecord):
            options = [option["id"] for option in (wait.form or {}).get("options", ())]
            chosen = [option for index, option in enumerate(options) if choice >> index & 1] or options[:1]
            if options and not wait.form["multiple"]:  # type: ignore[index]
                chosen = [options[choice % len(options)]]
            self.command(lambda root: root.complete_user_task(wait.token, wait.number, x, chosen or None))
        elif isinstance(wait, IncidentRecord):
            self.command(lambda root: root.retry(wait.token or 0, wait.number))
        elif isinstance(wait, JobRecord) and wait.token is None:
            self._deliver(wait)
        elif isinstance(wait, JobRecord) and wait.kind == "external" and choice % 5 == 1:
            self.command(lambda root: root.throw_error(wait.token or 0, wait.number, "ERR"))
        elif isinstance(wait, JobRecord) and wait.kind == "external" and choice % 5 == 2:
            self.command(lambda root: root.fail(wait.token or 0, wait.number, "failed", "It failed.", "Try again."))
        else:
            if isinstance(wait, JobRecord):
                self.now = max(self.now, wait.due_at)
            self.command(lambda root: root.trigger(wait.token or 0, wait.number, x))

    def command(self, act: Callable[[Root], Any]) -> None:
        self._compare(Root.load(self.stored.state("r1"), self.game, self.now, "ann"), act)

    def _deliver(self, job: JobRecord) -> None:
        """A message or signal that was thrown: the one, or all, that wait for it."""
        del self.stored.waits[job.number]
        waiting = [
            wait
            for wait in self.waits
            if isinstance(wait, SubscriptionRecord) and (wait.kind, wait.name) == (job.kind, job.payload["name"])
        ]
        for wait in waiting if job.kind == "signal" else waiting[:1]:
            if wait.number in self.stored.waits:
                self.command(partial(_trigger, token=wait.token, wait=wait.number))

    def _compare(self, loaded: Root, act: Callable[[Root], Any]) -> None:
        refusals = []
        for root in (loaded, self.live):
            root.at(self.now, "ann")
            try:
                act(root)
            except Refusal as refusal:
                refusals.append(str(refusal))
        assert refusals in ([], refusals[:1] * 2)
        step, same = loaded.step(), self.live.step()
        assert replace(same, revision=step.revision) == step
        self.stored.save(step)
        assert comparable(replay("r1", self.stored.events)) == comparable(self.stored.state("r1"))
        if self.state != "running":
            assert (self.stored.tokens, self.stored.scopes, self.stored.variables) == ({}, {}, {})
            assert [wait for wait in self.stored.waits.values() if getattr(wait, "token", None) is not None] == []


def _trigger(root: Root, token: int, wait: int) -> None:
    root.trigger(token, wait, {})


def comparable(state: RootState) -> dict[str, Any]:
    """The state without what the history need not say, in a fixed order."""
    shown = asdict(state)
    for name in ("revision", "counter"):
        del shown[name]
    shown["instances"].sort(key=lambda each: each["id"])
    for name in ("scopes", "tokens"):
        shown[name].sort(key=lambda each: each["number"])
    shown["variables"].sort()
    return shown


@pytest.fixture(scope="session")
def twin() -> Callable[..., Twin]:
    """`twin(xml, guided=...)`"""
    return lambda model, **options: Twin(PLAYING["read_play"](model, Path(__file__).parent, **options))


@pytest.fixture
def play(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`play("file.bpmn")`: the file beside the test; or XML of what stands inside `definitions`."""
    return partial(PLAYING["read_play"], folder=Path(request.path).parent)
