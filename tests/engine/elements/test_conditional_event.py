"""Conditional events: they happen when a change of variables makes their condition true."""

from collections.abc import Callable
from typing import Any

import pytest


def sets(**variables: Any) -> Callable[[Any], None]:
    return lambda root: root.set_variables("r1", variables)


@pytest.mark.construct("intermediateCatchEvent/conditional")
def test_waits_until_its_condition_is_true(play: Callable[..., Any]) -> None:
    run = play("conditional_event.bpmn")
    run.start(degrees=20)
    assert (run.tasks, run.state()) == ([], "running")
    run.command(sets(degrees=19))
    assert run.tasks == []
    run.command(sets(degrees=17))
    assert run.tasks == ["heat"]


@pytest.mark.construct("intermediateCatchEvent/conditional")
def test_one_that_is_true_already_does_not_wait(play: Callable[..., Any]) -> None:
    run = play("conditional_event.bpmn")
    run.start(degrees=10)
    assert run.tasks == ["heat"]


@pytest.mark.construct("boundaryEvent/conditional/interrupting")
def test_interrupts_its_activity(play: Callable[..., Any]) -> None:
    run = play("conditional_event.bpmn")
    run.start(degrees=10)
    run.command(sets(degrees=22))
    assert (run.state(), "heated" in run.path()) == ("completed", True)


@pytest.mark.construct("boundaryEvent/conditional/non-interrupting")
def test_beside_its_activity_it_happens_at_each_change_that_makes_it_true(play: Callable[..., Any]) -> None:
    run = play("conditional_event.bpmn")
    run.start(degrees=10, window="shut")
    run.command(sets(window="open"))
    assert run.tasks == ["heat", "shut"]
    run.command(sets(window="shut"))
    run.command(sets(window="open"))
    assert run.tasks == ["heat", "shut", "shut"]


def test_another_branch_makes_it_true(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><userTask id="u"/><intermediateCatchEvent id="c"><conditionalEventDefinition id="d">
        <condition>ready</condition></conditionalEventDefinition></intermediateCatchEvent><userTask id="after"/>
        s -> u
        s -> c
        c -> after
      </process>""")
    run.start()
    run.complete("u", ready=True)
    assert run.tasks == ["after"]


def test_without_a_condition_it_is_an_incident_and_guided_a_persons(play: Callable[..., Any]) -> None:
    model = """
      <process id="p">
        <intermediateCatchEvent id="c"><conditionalEventDefinition id="d"/></intermediateCatchEvent>
      </process>"""
    run = play(model, guided=False)
    run.start()
    assert "has no condition" in run.incidents["c"]
    run = play(model)
    run.start()
    run.complete("c")
    assert run.state() == "completed"


@pytest.mark.construct("startEvent/conditional", "startEvent/conditional/non-interrupting", "eventSubProcess")
@pytest.mark.parametrize(("interrupting", "left"), [("true", ["alarm"]), ("false", ["alarm", "work"])])
def test_starts_an_event_sub_process(play: Callable[..., Any], interrupting: str, left: list[str]) -> None:
    run = play(f"""
      <process id="p" isExecutable="true">
        <userTask id="work"/>
        <subProcess id="esp" triggeredByEvent="true">
          <startEvent id="hot" isInterrupting="{interrupting}"><conditionalEventDefinition id="d">
          <condition>degrees &gt; 100</condition></conditionalEventDefinition></startEvent><userTask id="alarm"/>
          hot -> alarm
        </subProcess>
      </process>""")
    run.start(degrees=20)
    run.command(sets(degrees=120))
    assert run.tasks == left


def test_guided_a_person_may_say_that_it_happened(play: Callable[..., Any]) -> None:
    run = play("conditional_event.bpmn", guided=True)
    run.start(degrees=20)
    assert run.tasks == ["cold"]
    run.complete("cold")
    assert run.tasks == ["heat", "warm", "window"]
    run.complete("window")
    assert run.tasks == ["heat", "shut", "warm", "window"]
    run.command(sets(degrees=25))
    assert run.tasks == ["shut"]
