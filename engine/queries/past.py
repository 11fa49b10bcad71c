"""An instance as it was: its steps, what each changed, and where its tokens were; a variable's earlier values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, select

from engine import values
from engine.errors import NotFound
from engine.history.replay import Replay
from engine.identity import Actor
from engine.persistence.tables import event
from engine.queries.history import EventRow, event_row
from engine.queries.instance import visible_instance
from engine.queries.tapes import Tapes
from engine.runtime.records import RootState

MOST_STEPS = 2000


@dataclass(frozen=True, slots=True)
class StepRow:
    """What one command changed: the events from `first` to `last`, all at one time and by one actor."""

    number: int
    first: int
    last: int
    at: datetime
    actor: str | None


@dataclass(frozen=True, slots=True)
class PastView:
    """An instance after one of its steps. `tokens` counts those at each element, `walked` what they had gone through.

    `events` are the step's own, of this instance; `variables` what its own scopes held, outer before inner.
    """

    steps: tuple[StepRow, ...]
    step: StepRow
    events: tuple[EventRow, ...]
    tokens: dict[str, int]
    stopped: frozenset[str]
    walked: dict[str, int]
    variables: tuple[tuple[str, Any], ...]
    state: str


@dataclass(frozen=True, slots=True)
class InstancePast:
    """The instance as it was after step `step` (the last one if there is none of that number).

    `tapes` are the histories that whoever asks has read before.
    """

    permission: ClassVar[str] = "read"
    id: str
    step: int | None = None
    tapes: Tapes | None = field(default=None, compare=False, repr=False)

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> PastView:
        instance = visible_instance(connection, actor, self.id)
        tape = (self.tapes or Tapes()).of(connection, instance.root_id)
        events = tape.rows
        steps = _steps(each for each in events if each.instance_id == self.id)
        if not steps:
            raise NotFound("Nothing is known of this instance's past.")
        step = next((each for each in steps if each.number == self.step), steps[-1])
        past = Replay(instance.root_id)
        for record in tape.records[: step.last]:
            past.apply(record)
        own = [each for each in events[: step.last] if each.instance_id == self.id]
        state = past.state()
        return PastView(
            steps=steps[-MOST_STEPS:],
            step=step,
            events=tuple(each for each in own if each.number >= step.first),
            tokens=_resting(state, self.id),
            stopped=_stopped(own),
            walked=_walked(own),
            variables=_variables(state, self.id),
            state=next((each.state for each in state.instances if each.id == self.id), "running"),
        )


@dataclass(frozen=True, slots=True)
class VariablePast:
    """What a variable of an instance held before, in the order it was written; at most 200 values."""

    permission: ClassVar[str] = "read"
    id: str
    name: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[EventRow, ...]:
        instance = visible_instance(connection, actor, self.id)
        statement = (
            select(event)
            .where(
                event.c.root_id == instance.root_id,
                event.c.instance_id == self.id,
                event.c.kind.in_(("variable-set", "variable-gone")),
                event.c.name == self.name,
            )
            .order_by(event.c.number.desc())
            .limit(200)
        )
        return tuple(event_row(row) for row in connection.execute(statement))


def _steps(events: Iterable[EventRow]) -> tuple[StepRow, ...]:
    """A command's events bear one time and one actor, and no other's have the same time."""
    steps: list[StepRow] = []
    for each in events:
        before = steps[-1] if steps else None
        if before is not None and (before.at, before.actor) == (each.at, each.actor):
            steps[-1] = StepRow(before.number, before.first, each.number, before.at, before.actor)
        else:
            steps.append(StepRow(len(steps) + 1, each.number, each.number, each.at, each.actor))
    return tuple(steps)


def _resting(state: RootState, id: str) -> dict[str, int]:
    holders = {token.parent for token in state.tokens}
    return dict(Counter(t.element_id for t in state.tokens if t.instance_id == id and t.number not in holders))


def _stopped(events: Sequence[EventRow]) -> frozenset[str]:
    """Where an incident was open."""
    open_at: Counter[str] = Counter()
    for each in events:
        if each.element_id is not None and each.kind.startswith("incident-"):
            open_at[each.element_id] += 1 if each.kind == "incident-opened" else -1
    return frozenset(element for element, count in open_at.items() if count > 0)


def _walked(events: Sequence[EventRow]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for each in events:
        if each.kind in ("token-new", "token-passed") and (each.data or {}).get("how") != "unbegun":
            counts.update(place for place in (each.element_id, (each.data or {}).get("flow")) if place is not None)
    return dict(counts)


def _variables(state: RootState, id: str) -> tuple[tuple[str, Any], ...]:
    own = {scope.number for scope in state.scopes if scope.instance_id == id}
    return tuple((name, values.decode(text)) for scope, name, text in state.variables if scope in own)
