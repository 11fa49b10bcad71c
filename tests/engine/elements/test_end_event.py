"""End event: the token is gone there; the instance is done when no token is left."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("endEvent")
def test_the_instance_ends_when_all_tokens_have(play: Callable[..., Any]) -> None:
    run = play("end_event.bpmn")
    run.start()
    run.complete("examine")
    assert (run.state(), "examined" in run.path()) == ("running", True)
    run.complete("photograph")
    assert run.state() == "completed"


def test_without_an_end_event_a_token_ends_where_no_flow_leads_on(play: Callable[..., Any]) -> None:
    run = play("process.bpmn")
    run.start("posting")
    run.complete("post")
    assert run.state() == "completed"


def test_a_flow_out_of_an_end_event_is_not_followed(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><endEvent id="e"/><userTask id="never"/>
        s -> e
        e -> never
      </process>""")
    run.start()
    assert (run.state(), run.tasks) == ("completed", [])


def test_one_end_event_may_be_reached_twice(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>
        s -> a
        s -> b
        a -> e
        b -> e
      </process>""")
    run.start()
    run.complete("a")
    run.complete("b")
    assert (run.state(), run.path().count("e")) == ("completed", 2)


def test_when_it_ended_is_kept_with_the_instance(play: Callable[..., Any]) -> None:
    run = play("end_event.bpmn")
    run.start()
    run.later(hours=3)
    run.complete("examine")
    run.complete("photograph")
    record = run.roots["r1"].instances["r1"]
    assert (record.ended_at - record.started_at).total_seconds() == 3 * 3600
