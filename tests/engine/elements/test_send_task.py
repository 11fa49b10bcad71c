"""Send task: sends its message and goes on, to where the file's message flows lead."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("sendTask", "receiveTask", "startEvent/message")
def test_two_pools_of_a_file_talk_to_each_other(play: Callable[..., Any]) -> None:
    run = play("send_task.bpmn")
    run.start("customer", item="lamp")
    assert run.tasks == ["pack"]
    assert run.variables("r2") == {"item": "lamp"}
    assert run.state("r1") == "running"
    run.complete("pack", weight=3)
    assert (run.state("r1"), run.state("r2")) == ("completed", "completed")
    assert run.variables("r1") == {"item": "lamp", "weight": 3}


def test_what_a_message_starts_belongs_to_the_senders_conversation(play: Callable[..., Any]) -> None:
    run = play("send_task.bpmn")
    run.start("customer")
    assert run.roots["r2"].instances["r2"].conversation == run.roots["r1"].instances["r1"].conversation


def test_a_message_that_nobody_waits_for_does_not_hold_it_up(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="lonely"/>
      <process id="p" isExecutable="true">
        <startEvent id="s"/><sendTask id="t" messageRef="m"/><endEvent id="e"/>
        s -> t
        t -> e
      </process>""")
    run.start()
    assert run.state() == "completed"


def test_without_a_message_it_is_an_incident(play: Callable[..., Any]) -> None:
    run = play('<process id="p" isExecutable="true"><sendTask id="t" name="Tell them"/></process>')
    run.start()
    assert run.incidents == {"t": "“Tell them” names no message."}


def test_guided_without_a_message_it_goes_on(play: Callable[..., Any]) -> None:
    run = play('<process id="p"><sendTask id="t"/></process>')
    run.start()
    assert run.state() == "completed"
