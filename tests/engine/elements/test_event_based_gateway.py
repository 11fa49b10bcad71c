"""Event-based gateway: waits for all that follows it; what happens first takes the token."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("eventBasedGateway", "intermediateCatchEvent/message")
def test_a_message_comes_first(play: Callable[..., Any]) -> None:
    run = play("event_based_gateway.bpmn")
    run.start()
    assert run.subscriptions == [("message", "answer"), ("message", "cancel"), ("signal", "recall")]
    assert run.jobs == [("timer", "too_late")]
    run.message("answer", price=4)
    assert (run.state(), run.variables()) == ("completed", {"price": 4})
    assert (run.subscriptions, run.jobs) == ([], [])
    assert [element for element in run.path() if element in ("answered", "sold")] == ["answered", "sold"]


@pytest.mark.construct("eventBasedGateway", "intermediateCatchEvent/timer")
def test_the_time_is_up_first(play: Callable[..., Any]) -> None:
    run = play("event_based_gateway.bpmn")
    run.start()
    run.later(days=13)
    assert run.state() == "running"
    run.later(days=1)
    assert (run.state(), "lost" in run.path(), run.subscriptions) == ("completed", True, [])


@pytest.mark.construct("eventBasedGateway", "intermediateCatchEvent/signal")
def test_a_signal_comes_first(play: Callable[..., Any]) -> None:
    run = play("event_based_gateway.bpmn")
    run.start()
    run.message("recall")
    assert (run.state(), "withdrawn" in run.path(), run.jobs) == ("completed", True, [])


@pytest.mark.construct("eventBasedGateway", "receiveTask")
def test_a_receive_task_behind_it_does_not_wait_again(play: Callable[..., Any]) -> None:
    run = play("event_based_gateway.bpmn")
    run.start()
    run.message("cancel", reason="late")
    assert (run.state(), "off" in run.path(), run.variables()) == ("completed", True, {"reason": "late"})


def test_guided_each_event_may_be_said_to_have_happened(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p">
        <startEvent id="s"/><eventBasedGateway id="g"/>
        <intermediateCatchEvent id="yes"><messageEventDefinition id="d1"/></intermediateCatchEvent>
        <intermediateCatchEvent id="no"><timerEventDefinition id="d2"/></intermediateCatchEvent>
        <task id="a"/><task id="b"/>
        s -> g
        g -> yes
        g -> no
        yes -> a
        no -> b
      </process>""")
    run.start()
    assert run.tasks == ["no", "yes"]
    run.complete("no")
    assert run.tasks == ["b"]


def test_in_a_loop_it_waits_anew(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="more"/><message id="n" name="enough"/>
      <process id="p" isExecutable="true">
        <startEvent id="s"/><exclusiveGateway id="merge"/><eventBasedGateway id="g"/>
        <intermediateCatchEvent id="more"><messageEventDefinition id="d1" messageRef="m"/></intermediateCatchEvent>
        <intermediateCatchEvent id="enough"><messageEventDefinition id="d2" messageRef="n"/></intermediateCatchEvent>
        s -> merge
        merge -> g
        g -> more
        g -> enough
        more -> merge
      </process>""")
    run.start()
    for _ in range(3):
        run.message("more")
        assert run.subscriptions == [("message", "enough"), ("message", "more")]
    run.message("enough")
    assert (run.state(), run.path().count("more")) == ("completed", 3)


PLAIN_TASKS = """
<process id="p">
  <startEvent id="s"/><eventBasedGateway id="g"/><task id="a"/><task id="b"/>
  s -> g
  g -> a
  g -> b
</process>"""


def test_guided_whatever_it_leads_to_may_be_said_to_come_first(play: Callable[..., Any]) -> None:
    run = play(PLAIN_TASKS)
    run.start()
    assert run.tasks == ["a", "b"]
    run.complete("a")
    assert run.tasks == ["a"], "it came first, and is now to be done"
    run.complete("a")
    assert run.state() == "completed"


def test_executable_what_cannot_be_waited_for_is_an_incident(play: Callable[..., Any]) -> None:
    run = play(PLAIN_TASKS, guided=False)
    run.start()
    assert "nothing to wait for" in run.incidents["g"]


def test_a_repeated_receive_task_behind_it(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="m"/>
      <process id="p" isExecutable="true">
        <eventBasedGateway id="g"/>
        <receiveTask id="r" messageRef="m"><multiInstanceLoopCharacteristics isSequential="true">
          <loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></receiveTask>
        <intermediateCatchEvent id="c"><timerEventDefinition id="d"><timeDuration>PT1H</timeDuration>
          </timerEventDefinition></intermediateCatchEvent>
        g -> r
        g -> c
      </process>""")
    run.start()
    assert "nothing to wait for" in run.incidents["g"]


def test_with_nothing_behind_it_the_token_ends(play: Callable[..., Any]) -> None:
    run = play('<process id="p" isExecutable="true"><eventBasedGateway id="g"/></process>')
    run.start()
    assert run.state() == "completed"
