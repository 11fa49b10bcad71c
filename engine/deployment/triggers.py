"""What starts a process besides a person: the messages, signals, times and conditions of its start events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.errors import Refusal
from engine.expressions import ExpressionError
from engine.persistence.definitions import StartEvent
from engine.spiff.process_spec import ProcessSpec
from engine.timers import Cycle, due_date, due_duration

ONCE = ""


@dataclass(frozen=True, slots=True)
class StartTimer:
    """When it is due, and how a start that fails is tried again."""

    at: Cycle
    retry_cycle: str | None = None


@dataclass(frozen=True, slots=True)
class Triggers:
    """`timers` by start event; the text of one that comes once is empty. `unread` are start events without a time."""

    events: list[StartEvent]
    timers: dict[str, StartTimer]
    unread: tuple[str, ...]


def triggers_of(spec: ProcessSpec, definition_id: str, now: datetime) -> Triggers:
    """The triggers of a compiled process. Expressions see no variables: there is no instance yet."""
    events: list[StartEvent] = []
    timers: dict[str, StartTimer] = {}
    unread: list[str] = []
    start: Any = spec.start
    for element_id in start.event_start_ids:
        event: Any = spec.task_specs[element_id]
        for definition in event.definitions:
            if definition.kind == "message" and definition.incoming is not None:
                incoming = definition.incoming
                events += _named(definition_id, element_id, "message", _text(incoming.name) or incoming.fixed_name)
            elif definition.kind == "signal":
                events += _named(definition_id, element_id, "signal", _text(definition.name) or definition.fixed_name)
            elif definition.kind == "conditional":
                events.append(StartEvent(definition_id, element_id, "condition"))
            elif definition.kind == "timer":
                cycle = _cycle(definition, now)
                if cycle is None:
                    unread.append(element_id)
                    continue
                timers[element_id] = StartTimer(cycle, _text(event.retry_cycle))
                events.append(StartEvent(definition_id, element_id, "timer", expression=definition.timer.code.text))
    return Triggers(_one_each(events), timers, tuple(unread))


def _named(definition_id: str, element_id: str, kind: Any, name: str | None) -> list[StartEvent]:
    return [StartEvent(definition_id, element_id, kind, name)] if name else []


def _one_each(events: list[StartEvent]) -> list[StartEvent]:
    """One row an event: of several definitions in one event the first counts."""
    first: dict[str, StartEvent] = {}
    for event in events:
        first.setdefault(event.element_id, event)
    return list(first.values())


def _value(evaluator: Any) -> Any:
    if evaluator is None:
        return None
    if evaluator.constant:
        return evaluator.code.text
    return evaluator.compiled.evaluate({}, {}) if evaluator.compiled is not None else None


def _text(evaluator: Any) -> str | None:
    try:
        value = _value(evaluator)
    except ExpressionError:
        return None
    return None if value is None else str(value)


def _cycle(definition: Any, now: datetime) -> Cycle | None:
    if definition.timer is None:
        return None
    try:
        value = _value(definition.value)
        if value is None:
            return None
        if definition.timer.kind == "date":
            return Cycle(due_date(value, now), 0, ONCE)
        if definition.timer.kind == "duration":
            return Cycle(due_duration(value, now), 0, ONCE)
        return Cycle.parse(str(value), now)
    except (Refusal, ExpressionError):
        return None
