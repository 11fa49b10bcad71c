"""Start event: by hand, by message, timer or signal; where none is drawn, at what nothing leads to."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("startEvent")
def test_by_hand_it_starts_at_the_plain_one(play: Callable[..., Any]) -> None:
    run = play("start_event.bpmn")
    run.start()
    assert run.tasks == ["ask"]
    run.complete("ask")
    run.complete("supply_it")
    assert run.state() == "completed"


@pytest.mark.construct("startEvent/message", "startEvent/timer", "startEvent/signal")
@pytest.mark.parametrize("start", ["ordered", "monthly", "low"])
def test_started_by_an_event_it_begins_there_and_only_there(play: Callable[..., Any], start: str) -> None:
    run = play("start_event.bpmn")
    run.start(at=start, item="lamp")
    assert (run.tasks, run.variables()) == (["supply_it"], {"item": "lamp"})
    assert [element for element in run.path() if element in ("by_hand", "ordered", "monthly", "low")] == [start]


@pytest.mark.construct("startEvent/signal")
def test_a_signal_thrown_elsewhere_starts_it(play: Callable[..., Any]) -> None:
    run = play("""
      <signal id="s1" name="go"/>
      <process id="thrower" isExecutable="true">
        <intermediateThrowEvent id="t"><signalEventDefinition id="d" signalRef="s1"/></intermediateThrowEvent>
      </process>
      <process id="started" isExecutable="true">
        <startEvent id="s"><signalEventDefinition id="d2" signalRef="s1"/></startEvent><userTask id="u"/>
        s -> u
      </process>""")
    run.start("thrower")
    assert (run.state("r1"), run.tasks) == ("completed", ["u"])


def test_a_process_that_only_an_event_starts_can_be_started_by_hand_too(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="go"/>
      <process id="p" isExecutable="true">
        <startEvent id="s"><messageEventDefinition id="d" messageRef="m"/></startEvent><userTask id="u"/>
        s -> u
      </process>""")
    run.start()
    assert run.tasks == ["u"]


def test_without_a_start_event_all_that_nothing_leads_to_begins(play: Callable[..., Any]) -> None:
    run = play("process.bpmn")
    run.start("selling")
    assert run.tasks == ["sell", "write"]
    run.complete("sell")
    run.complete("write")
    run.complete("file")
    assert run.state() == "completed"


def test_what_hangs_on_a_boundary_or_a_link_is_no_implicit_start(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <userTask id="u"/><userTask id="late"/>
        <boundaryEvent id="b" attachedToRef="u"><timerEventDefinition id="d"><timeDuration>PT1H</timeDuration>
        </timerEventDefinition></boundaryEvent>
        <intermediateCatchEvent id="link" name="A"><linkEventDefinition id="l" name="A"/></intermediateCatchEvent>
        <userTask id="linked"/>
        b -> late
        link -> linked
      </process>""")
    run.start()
    assert run.tasks == ["u"]


def test_two_plain_start_events_both_begin(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s1"/><startEvent id="s2"/><userTask id="a"/><userTask id="b"/>
        s1 -> a
        s2 -> b
      </process>""")
    run.start()
    assert run.tasks == ["a", "b"]


def test_several_flows_out_of_it_are_all_taken(play: Callable[..., Any]) -> None:
    run = play("end_event.bpmn")
    run.start()
    assert run.tasks == ["examine", "photograph"]


def test_a_process_with_nothing_inside_is_done_at_once(play: Callable[..., Any]) -> None:
    run = play('<process id="p" isExecutable="true"/>')
    run.start()
    assert run.state() == "completed"


def test_one_that_refers_to_its_trigger_waits_for_it(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="go"/><messageEventDefinition id="shared" messageRef="m"/>
      <process id="sender" isExecutable="true">
        <intermediateThrowEvent id="t"><eventDefinitionRef>shared</eventDefinitionRef></intermediateThrowEvent>
      </process>
      <process id="p" isExecutable="true">
        <startEvent id="by_hand"/><startEvent id="s"><eventDefinitionRef>shared</eventDefinitionRef></startEvent>
        <userTask id="a"/><userTask id="b"/>
        by_hand -> a
        s -> b
      </process>""")
    run.start("sender")
    assert run.tasks == ["b"]
    run.start("p")
    assert run.tasks == ["a", "b"]
