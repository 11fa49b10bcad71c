"""What starts a process besides a person."""

from datetime import UTC, datetime, timedelta

import pytest

import bpmn
from engine.compiler import compile_process
from engine.deployment import triggers_of
from engine.deployment.triggers import ONCE

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def triggers(start, guided=False, outside=""):
    content = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">'
        f'{outside}<process id="p" isExecutable="true">{start}</process></definitions>'
    )
    definitions = bpmn.read(content.encode()).definitions
    return triggers_of(compile_process(definitions, "p", guided=guided), "id", NOW)


def timed(kind, text):
    return (
        f'<startEvent id="s"><timerEventDefinition id="d1"><{kind}>{text}</{kind}></timerEventDefinition></startEvent>'
    )


def test_a_plain_start_waits_for_nothing():
    assert triggers('<startEvent id="s"/>').events == []


@pytest.mark.parametrize(
    ("kind", "text", "due"),
    [
        ("timeDate", "2026-01-01T10:00:00Z", NOW + HOUR),
        ("timeDate", "2020-01-01T10:00:00Z", datetime(2020, 1, 1, 10, tzinfo=UTC)),
        ("timeDuration", "PT2H", NOW + 2 * HOUR),
    ],
)
def test_a_date_or_duration_comes_once(kind, text, due):
    found = triggers(timed(kind, text)).timers["s"].at
    assert (found.due, found.text, found.remaining) == (due, ONCE, 0)


def test_a_cycle_comes_again():
    found = triggers(timed("timeCycle", "R3/PT1H"))
    assert found.timers["s"].at.due == NOW + HOUR
    assert found.timers["s"].at.text == "R3/PT1H"
    assert [(event.kind, event.expression) for event in found.events] == [("timer", "R3/PT1H")]


@pytest.mark.parametrize("text", ["", "every morning", "P", "${soon}"])
def test_a_time_that_cannot_be_read_starts_nothing(text):
    found = triggers(timed("timeCycle", text))
    assert found.timers == {}
    assert found.events == []


def test_messages_and_signals_by_name():
    outside = '<message id="m" name="paid"/><signal id="g" name="alarm"/>'
    start = (
        '<startEvent id="s1"><messageEventDefinition id="d1" messageRef="m"/></startEvent>'
        '<startEvent id="s2"><signalEventDefinition id="d2" signalRef="g"/></startEvent>'
    )
    found = triggers(start, outside=outside).events
    assert [(event.element_id, event.kind, event.name) for event in found] == [
        ("s1", "message", "paid"),
        ("s2", "signal", "alarm"),
    ]
