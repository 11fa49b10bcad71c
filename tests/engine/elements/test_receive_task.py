"""Receive task: the token rests until its message comes."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("receiveTask")
def test_waits_for_its_message(play: Callable[..., Any]) -> None:
    run = play("receive_task.bpmn")
    run.start()
    assert run.subscriptions == [("message", "offer")]
    run.message("offer", price=12)
    assert (run.state(), run.variables()) == ("completed", {"price": 12})


def test_guided_a_person_may_say_that_it_came(play: Callable[..., Any]) -> None:
    run = play("receive_task.bpmn", guided=True)
    run.start()
    assert (run.tasks, run.subscriptions) == (["receive"], [("message", "offer")])
    run.complete("receive", price=9)
    assert (run.state(), run.subscriptions) == ("completed", [])


def test_guided_the_message_takes_the_persons_task_away(play: Callable[..., Any]) -> None:
    run = play("receive_task.bpmn", guided=True)
    run.start()
    run.message("offer")
    assert (run.state(), run.tasks) == ("completed", [])


def test_its_boundary_timer_takes_the_subscription_away(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="offer"/>
      <process id="p" isExecutable="true">
        <receiveTask id="t" messageRef="m"/><endEvent id="e"/><endEvent id="late"/>
        <boundaryEvent id="b" attachedToRef="t"><timerEventDefinition id="d"><timeDuration>PT1H</timeDuration>
        </timerEventDefinition></boundaryEvent>
        t -> e
        b -> late
      </process>""")
    run.start()
    run.later(hours=2)
    assert (run.state(), run.subscriptions) == ("completed", [])
    assert run.path()[-2:] == ["late", "p"]
