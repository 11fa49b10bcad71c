"""Timer events: a date or duration to wait for; unreadable, an incident or, guided, a person's to tell."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.runtime.records import JobRecord

ONE = """
<process id="p" isExecutable="true">
  <intermediateCatchEvent id="c" name="Later"><timerEventDefinition id="d">{time}</timerEventDefinition>
  </intermediateCatchEvent>
</process>"""


@pytest.mark.construct("intermediateCatchEvent/timer")
def test_waits_for_a_duration_and_for_a_date(play: Callable[..., Any]) -> None:
    run = play("timer_event.bpmn")
    run.start()
    assert run.record(JobRecord, "a_day").due_at == datetime(2030, 1, 2, 9, 0, tzinfo=UTC)
    run.later(hours=23)
    assert run.jobs == [("timer", "a_day")]
    run.later(hours=1)
    assert run.record(JobRecord, "at_noon").due_at == datetime(2030, 1, 3, 12, 0, tzinfo=UTC)
    run.later(days=2)
    assert (run.state(), run.jobs) == ("completed", [])


def test_a_date_that_is_past_is_due_at_once(play: Callable[..., Any]) -> None:
    run = play(ONE.format(time="<timeDate>2020-01-01T00:00:00Z</timeDate>"))
    run.start()
    assert run.state() == "running"
    run.later(seconds=0)
    assert run.state() == "completed"


def test_an_unreadable_time_is_an_incident_that_says_how_to_write_it(play: Callable[..., Any]) -> None:
    run = play(ONE.format(time="<timeDuration>two days</timeDuration>"))
    run.start()
    assert "two days" in run.incidents["c"]


@pytest.mark.parametrize("time", ["<timeDuration>two days</timeDuration>", ""], ids=["unreadable", "absent"])
def test_guided_a_person_says_that_an_unreadable_time_has_come(play: Callable[..., Any], time: str) -> None:
    run = play(ONE.format(time=time), guided=True)
    run.start()
    assert (run.tasks, run.jobs) == (["c"], [])
    run.complete("c")
    assert run.state() == "completed"


def test_the_first_time_of_a_cycle_counts_for_a_token_that_waits(play: Callable[..., Any]) -> None:
    run = play(ONE.format(time="<timeCycle>R3/PT1H</timeCycle>"))
    run.start()
    run.later(minutes=59)
    assert run.state() == "running"
    run.later(minutes=1)
    assert (run.state(), run.jobs) == ("completed", [])


def test_after_an_incident_retry_reads_the_time_again(play: Callable[..., Any]) -> None:
    model = ONE.replace("{time}", "<timeDuration>${wait}</timeDuration>").replace(
        'id="p"', 'id="p" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:versionTag="1"'
    )
    run = play(model)
    run.start(wait="soon")
    assert list(run.incidents) == ["c"]
    run.command(lambda root: root.set_variables("r1", {"wait": "PT5M"}))
    run.retry("c")
    assert (run.incidents, run.jobs) == ({}, [("timer", "c")])
    run.later(minutes=5)
    assert run.state() == "completed"
