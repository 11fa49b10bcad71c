"""Boundary events: wait while their activity goes on, then interrupt it or run beside it."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("boundaryEvent/message/interrupting")
def test_a_message_interrupts(play: Callable[..., Any]) -> None:
    run = play("boundary_event.bpmn")
    run.start()
    run.message("stop", reason="no need")
    assert (run.state(), run.tasks, run.jobs, run.subscriptions) == ("completed", [], [], [])
    assert run.variables() == {"reason": "no need"}
    assert "off" in run.path()
    assert "write" not in run.path()


@pytest.mark.construct("boundaryEvent/timer/non-interrupting")
def test_a_cycle_fires_again_until_it_is_used_up(play: Callable[..., Any]) -> None:
    run = play("boundary_event.bpmn")
    run.start()
    run.later(days=1)
    assert run.tasks == ["remind", "write"]
    run.later(days=1)
    assert run.tasks == ["remind", "remind", "write"]
    run.later(days=30)
    assert run.tasks == ["remind", "remind", "remind", "write"]
    assert run.jobs == []


def test_a_cycle_stops_with_its_activity(play: Callable[..., Any]) -> None:
    run = play("boundary_event.bpmn")
    run.start()
    run.later(days=1)
    run.complete("write")
    assert ("timer", "reminder") not in run.jobs
    assert run.tasks == ["proofread", "remind"]


@pytest.mark.construct("boundaryEvent/timer/interrupting")
def test_a_timer_interrupts(play: Callable[..., Any]) -> None:
    run = play("boundary_event.bpmn")
    run.start()
    run.complete("write")
    run.later(days=7)
    assert (run.state(), "too_late" in run.path()) == ("completed", True)


@pytest.mark.construct("boundaryEvent/message/non-interrupting")
def test_a_message_beside_it_may_come_again_and_again(play: Callable[..., Any]) -> None:
    run = play("boundary_event.bpmn")
    run.start()
    run.complete("write")
    for _ in range(3):
        run.message("news")
    assert run.tasks == ["proofread", "read_news", "read_news", "read_news"]


@pytest.mark.construct("boundaryEvent/signal/non-interrupting", "boundaryEvent/signal/interrupting")
def test_signals_beside_it_and_through_it(play: Callable[..., Any]) -> None:
    run = play("boundary_event.bpmn")
    run.start()
    run.complete("write")
    run.complete("proofread")
    run.message("break")
    run.message("break")
    assert run.tasks == ["print", "rest", "rest"]
    run.message("fire")
    assert run.tasks == ["rest", "rest"]
    assert run.subscriptions == []


def test_an_activity_that_is_done_at_once_leaves_no_wait_behind(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="m"/>
      <process id="p" isExecutable="true">
        <task id="t"/><boundaryEvent id="b" attachedToRef="t"><messageEventDefinition id="d" messageRef="m"/>
        </boundaryEvent><userTask id="u"/><userTask id="v"/>
        t -> u
        b -> v
      </process>""")
    run.start()
    assert (run.tasks, run.subscriptions) == (["u"], [])


def test_on_a_sub_process_it_ends_all_inside(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="m"/>
      <process id="p" isExecutable="true">
        <subProcess id="sub"><userTask id="a"/><subProcess id="deeper"><userTask id="b"/></subProcess></subProcess>
        <boundaryEvent id="bound" attachedToRef="sub"><messageEventDefinition id="d" messageRef="m"/></boundaryEvent>
        <userTask id="after"/>
        bound -> after
      </process>""")
    run.start()
    assert run.tasks == ["a", "b"]
    run.message("m")
    assert run.tasks == ["after"]


def test_on_a_multi_instance_it_ends_all_items(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <userTask id="t"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>
        </multiInstanceLoopCharacteristics></userTask>
        <boundaryEvent id="b" attachedToRef="t"><timerEventDefinition id="d"><timeDuration>PT1H</timeDuration>
        </timerEventDefinition></boundaryEvent><userTask id="after"/>
        b -> after
      </process>""")
    run.start()
    run.complete("t")
    assert run.jobs == [("timer", "b")]
    run.later(hours=1)
    assert run.tasks == ["after"]


def test_guided_a_person_may_say_that_it_happened(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p">
        <task id="t"/><boundaryEvent id="b" name="Customer calls" attachedToRef="t"><messageEventDefinition id="d"/>
        </boundaryEvent><task id="after"/>
        b -> after
      </process>""")
    run.start()
    assert run.tasks == ["b", "t"]
    run.complete("b")
    assert run.tasks == ["after"]


def test_guided_one_beside_it_is_asked_for_again(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p">
        <task id="t"/><boundaryEvent id="b" attachedToRef="t" cancelActivity="false"><messageEventDefinition id="d"/>
        </boundaryEvent><task id="after"/>
        b -> after
      </process>""")
    run.start()
    run.complete("b")
    assert run.tasks == ["after", "b", "t"]


def test_several_flows_out_of_it_are_all_taken(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="m"/>
      <process id="p" isExecutable="true">
        <userTask id="t"/><boundaryEvent id="b" attachedToRef="t"><messageEventDefinition id="d" messageRef="m"/>
        </boundaryEvent><userTask id="x"/><userTask id="y"/>
        b -> x
        b -> y
      </process>""")
    run.start()
    run.message("m")
    assert run.tasks == ["x", "y"]


@pytest.mark.parametrize("guided", [True, False], ids=["guided", "executable"])
def test_without_a_trigger_a_person_says_that_it_happened_or_nobody_does(
    play: Callable[..., Any], guided: bool
) -> None:
    run = play(
        """
      <process id="p">
        <userTask id="t"/><boundaryEvent id="b" attachedToRef="t" cancelActivity="false"/><userTask id="after"/>
        b -> after
      </process>""",
        guided=guided,
    )
    run.start()
    assert run.tasks == (["b", "t"] if guided else ["t"])
    if guided:
        run.complete("b")
        assert run.tasks == ["after", "b", "t"]


def test_one_for_compensation_does_not_hold_its_activity_up(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <userTask id="t"/><boundaryEvent id="b" attachedToRef="t"><compensateEventDefinition id="d"/></boundaryEvent>
        <serviceTask id="undo" isForCompensation="true"/>
      </process>""")
    run.start()
    run.complete("t")
    assert (run.state(), run.jobs) == ("completed", [])


def test_guided_a_message_that_came_asks_once_more_and_not_twice(play: Callable[..., Any]) -> None:
    run = play("boundary_event.bpmn", guided=True)
    run.start()
    run.complete("write")
    run.message("news")
    run.complete("news")
    assert [task for task in run.tasks if task == "news"] == ["news"]
    assert [wait for wait in run.subscriptions if wait[1] == "news"] == [("message", "news")]
