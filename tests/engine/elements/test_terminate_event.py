"""Terminate end event: ends all that goes on in its scope, and nothing outside."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("endEvent/terminate")
def test_in_a_sub_process_it_ends_that_only(play: Callable[..., Any]) -> None:
    run = play("terminate_event.bpmn")
    run.start()
    assert run.tasks == ["attic", "cellar", "wait"]
    run.complete("cellar")
    assert run.tasks == ["use", "wait"]


@pytest.mark.construct("endEvent/terminate")
def test_in_the_process_it_ends_the_instance(play: Callable[..., Any]) -> None:
    run = play("terminate_event.bpmn")
    run.start()
    run.complete("attic")
    run.complete("use")
    assert (run.state(), run.tasks, run.jobs) == ("completed", [], [])


def test_it_takes_jobs_subscriptions_and_sub_processes_away(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="m"/>
      <process id="p" isExecutable="true">
        <startEvent id="s"/><userTask id="u"/><endEvent id="e"><terminateEventDefinition id="d"/></endEvent>
        <serviceTask id="job"/><receiveTask id="receive" messageRef="m"/>
        <subProcess id="sub"><userTask id="inside"/></subProcess><callActivity id="call" calledElement="q"/>
        s -> u
        s -> job
        s -> receive
        s -> sub
        s -> call
        u -> e
      </process>
      <process id="q" isExecutable="true"><userTask id="called"/></process>""")
    run.start("p")
    assert run.tasks == ["called", "inside", "u"]
    run.complete("u")
    assert (run.tasks, run.jobs, run.subscriptions, run.state()) == ([], [], [], "completed")


def test_in_a_called_process_the_caller_goes_on(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <callActivity id="call" calledElement="q"/><userTask id="after"/>
        call -> after
      </process>
      <process id="q" isExecutable="true">
        <startEvent id="s"/><userTask id="u"/><userTask id="v"/>
        <endEvent id="e"><terminateEventDefinition id="d"/></endEvent>
        s -> u
        s -> v
        u -> e
      </process>""")
    run.start("p")
    run.complete("u")
    assert run.tasks == ["after"]


def test_in_one_item_the_others_go_on(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>
          </multiInstanceLoopCharacteristics>
          <startEvent id="s"/><userTask id="u"/><userTask id="v"/>
          <endEvent id="e"><terminateEventDefinition id="d"/></endEvent>
          s -> u
          s -> v
          u -> e
        </subProcess><userTask id="after"/>
        sub -> after
      </process>""")
    run.start()
    run.complete("u")
    assert run.tasks == ["u", "v"]
    run.complete("u")
    assert run.tasks == ["after"]


def test_in_an_event_sub_process_that_runs_beside_the_scope_goes_on(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="m"/>
      <process id="p" isExecutable="true">
        <userTask id="work"/>
        <subProcess id="esp" triggeredByEvent="true">
          <startEvent id="s" isInterrupting="false"><messageEventDefinition id="d" messageRef="m"/></startEvent>
          <userTask id="u"/><userTask id="v"/><endEvent id="e"><terminateEventDefinition id="d2"/></endEvent>
          s -> u
          s -> v
          u -> e
        </subProcess>
      </process>""")
    run.start()
    run.message("m")
    run.complete("u")
    assert run.tasks == ["work"]
