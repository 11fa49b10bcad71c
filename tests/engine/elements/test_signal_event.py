"""Signal events: broadcast to all that wait for the name, in this instance and in others."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("intermediateThrowEvent/signal", "intermediateCatchEvent/signal", "endEvent/signal")
def test_reaches_everybody_who_waits(play: Callable[..., Any]) -> None:
    run = play("signal_event.bpmn")
    run.start()
    run.start()
    assert run.subscriptions == [("signal", "alarm"), ("signal", "alarm")]
    run.complete("look")
    assert run.subscriptions == []
    assert (run.state("r1"), run.state("r2"), run.tasks) == ("completed", "running", ["look"])


@pytest.mark.construct("endEvent/signal")
def test_an_end_event_throws_too(play: Callable[..., Any]) -> None:
    run = play("""
      <signal id="s1" name="done"/>
      <process id="p" isExecutable="true">
        <startEvent id="s"/><userTask id="u"/>
        <endEvent id="e"><signalEventDefinition id="d1" signalRef="s1"/></endEvent>
        <intermediateCatchEvent id="c"><signalEventDefinition id="d2" signalRef="s1"/></intermediateCatchEvent>
        <userTask id="after"/>
        s -> u
        s -> c
        u -> e
        c -> after
      </process>""")
    run.start()
    run.complete("u")
    assert run.tasks == ["after"]


def test_without_a_name_it_is_an_incident_and_guided_a_persons(play: Callable[..., Any]) -> None:
    model = """
      <process id="p">
        <intermediateCatchEvent id="c"><signalEventDefinition id="d"/></intermediateCatchEvent>
      </process>"""
    run = play(model, guided=False)
    run.start()
    assert "names no signal" in run.incidents["c"]
    run = play(model)
    run.start()
    run.complete("c")
    assert run.state() == "completed"


def test_guided_a_person_may_say_that_a_named_signal_came(play: Callable[..., Any]) -> None:
    run = play("signal_event.bpmn", guided=True)
    run.start()
    assert run.tasks == ["hear", "look"]
    run.complete("hear")
    assert (run.subscriptions, run.tasks) == ([], ["look"])


def test_a_signal_that_is_referred_to_is_the_same(play: Callable[..., Any]) -> None:
    run = play("""
      <signal id="s1" name="go"/>
      <signalEventDefinition id="shared" signalRef="s1"/>
      <process id="p" isExecutable="true">
        <intermediateCatchEvent id="c"><eventDefinitionRef>shared</eventDefinitionRef></intermediateCatchEvent>
      </process>""")
    run.start()
    assert run.subscriptions == [("signal", "go")]
    run.message("go")
    assert run.state() == "completed"
