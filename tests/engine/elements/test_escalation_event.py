"""Escalation events: the nearest handler is told; who escalates goes on, unless the handler interrupts."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct(
    "intermediateThrowEvent/escalation",
    "endEvent/escalation",
    "boundaryEvent/escalation/interrupting",
    "boundaryEvent/escalation/non-interrupting",
)
def test_tells_once_and_then_gives_up(play: Callable[..., Any]) -> None:
    run = play("escalation_event.bpmn")
    run.start()
    assert run.tasks == ["tell", "try"]
    run.complete("try", broken=True)
    assert run.tasks == ["replace", "tell"]
    run.complete("tell")
    run.complete("replace")
    assert (run.state(), "end" in run.path()) == ("completed", False)


@pytest.mark.construct("boundaryEvent/escalation/non-interrupting")
def test_who_escalates_goes_on(play: Callable[..., Any]) -> None:
    run = play("escalation_event.bpmn")
    run.start()
    run.complete("try", broken=False)
    assert (run.tasks, "end" in run.path()) == (["tell"], True)


def test_one_that_nobody_handles_is_no_fault(play: Callable[..., Any]) -> None:
    run = play("""
      <escalation id="x" name="X" escalationCode="X"/>
      <process id="p" isExecutable="true">
        <intermediateThrowEvent id="t"><escalationEventDefinition id="d" escalationRef="x"/></intermediateThrowEvent>
        <userTask id="u"/>
        t -> u
      </process>""")
    run.start()
    assert (run.tasks, run.incidents) == (["u"], {})


def test_a_handler_without_a_code_catches_any(play: Callable[..., Any]) -> None:
    run = play("""
      <escalation id="x" name="X" escalationCode="X"/>
      <process id="p" isExecutable="true">
        <subProcess id="sub">
          <endEvent id="t"><escalationEventDefinition id="d" escalationRef="x"/></endEvent>
        </subProcess>
        <boundaryEvent id="b" attachedToRef="sub"><escalationEventDefinition id="d2"/></boundaryEvent>
        <userTask id="u"/>
        b -> u
      </process>""")
    run.start()
    assert run.tasks == ["u"]


def test_two_escalations_are_told_twice(play: Callable[..., Any]) -> None:
    run = play("""
      <escalation id="x" name="X" escalationCode="X"/>
      <process id="p" isExecutable="true">
        <subProcess id="sub">
          <intermediateThrowEvent id="t"><escalationEventDefinition id="d" escalationRef="x"/></intermediateThrowEvent>
          <intermediateThrowEvent id="t2"><escalationEventDefinition id="d3" escalationRef="x"/>
          </intermediateThrowEvent>
          t -> t2
        </subProcess>
        <boundaryEvent id="b" attachedToRef="sub" cancelActivity="false">
          <escalationEventDefinition id="d2" escalationRef="x"/></boundaryEvent>
        <userTask id="u"/>
        b -> u
      </process>""")
    run.start()
    assert run.tasks == ["u", "u"]


def test_from_a_called_process_the_caller_is_told(play: Callable[..., Any]) -> None:
    run = play("""
      <escalation id="x" name="X" escalationCode="X"/>
      <process id="p" isExecutable="true">
        <callActivity id="call" calledElement="q"/>
        <boundaryEvent id="b" attachedToRef="call" cancelActivity="false">
          <escalationEventDefinition id="d" escalationRef="x"/></boundaryEvent><userTask id="told"/>
        b -> told
      </process>
      <process id="q" isExecutable="true">
        <intermediateThrowEvent id="t"><escalationEventDefinition id="d2" escalationRef="x"/></intermediateThrowEvent>
        <userTask id="u"/>
        t -> u
      </process>""")
    run.start("p")
    assert run.tasks == ["told", "u"]
