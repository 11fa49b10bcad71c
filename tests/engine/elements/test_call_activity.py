"""Call activity: another process as an instance of its own, inside the caller's root."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.runtime.records import IncidentRecord


@pytest.mark.construct("callActivity")
def test_three_deep_and_back(play: Callable[..., Any]) -> None:
    run = play("call_activity.bpmn")
    run.start("hiring", person="Ann")
    run.complete("interview", good=True)
    assert run.tasks == ["compare"]
    instances = run.roots["r1"].instances
    assert sorted(instance.key for instance in instances.values()) == ["checking", "hiring", "verifying"]
    assert {instance.root_id for instance in instances.values()} == {"r1"}
    run.complete("compare", genuine=True)
    assert run.tasks == ["sign"]
    assert run.variables() == {"person": "Ann", "good": True, "genuine": True}
    run.complete("sign")
    assert [instance.state for instance in instances.values()] == ["completed"] * 3


def test_a_process_that_is_not_deployed_is_an_incident_that_retry_mends(play: Callable[..., Any]) -> None:
    run = play("call_activity.bpmn")
    checking = run.specs.pop("checking")
    run.start("hiring")
    assert "not deployed" in run.incidents["check"]
    run.specs["checking"] = checking
    run.retry("check")
    assert (run.tasks, run.incidents) == (["interview"], {})


def test_guided_a_person_does_what_is_not_deployed(play: Callable[..., Any]) -> None:
    run = play('<process id="p"><callActivity id="call" calledElement="elsewhere"/></process>')
    run.start()
    assert run.tasks == ["call"]
    run.complete("call")
    assert run.state() == "completed"


def test_one_that_calls_itself_without_end_is_stopped(play: Callable[..., Any]) -> None:
    run = play('<process id="p" isExecutable="true"><callActivity id="again" calledElement="p"/></process>')
    run.start()
    incident = run.record(IncidentRecord, "again")
    assert (incident.code, run.state()) == ("too-deep", "running")
    assert incident.fix
    run.command(lambda root: root.cancel("r1"))
    assert {instance.state for instance in run.roots["r1"].instances.values()} == {"cancelled"}
    assert (run.roots["r1"].tokens, run.roots["r1"].waits) == ({}, {})


def test_a_cancelled_call_lets_the_caller_go_on(play: Callable[..., Any]) -> None:
    run = play("call_activity.bpmn")
    run.start("hiring")
    child = next(id for id, instance in run.roots["r1"].instances.items() if instance.key == "checking")
    run.command(lambda root: root.cancel(child))
    assert run.tasks == ["sign"]


def test_in_parallel_items_each_calls_its_own(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <callActivity id="call" calledElement="q"><multiInstanceLoopCharacteristics>
          <loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></callActivity>
        <userTask id="after"/>
        call -> after
      </process>
      <process id="q" isExecutable="true"><userTask id="u"/></process>""")
    run.start("p")
    assert run.tasks == ["u", "u", "u"]
    for _ in range(3):
        run.complete("u")
    assert run.tasks == ["after"]


def test_a_boundary_event_ends_what_is_called(play: Callable[..., Any]) -> None:
    run = play("""
      <message id="m" name="stop"/>
      <process id="p" isExecutable="true">
        <callActivity id="call" calledElement="q"/>
        <boundaryEvent id="b" attachedToRef="call"><messageEventDefinition id="d" messageRef="m"/></boundaryEvent>
        <userTask id="after"/>
        b -> after
      </process>
      <process id="q" isExecutable="true"><userTask id="u"/></process>""")
    run.start("p")
    run.message("stop")
    assert run.tasks == ["after"]
    assert sorted(instance.state for instance in run.roots["r1"].instances.values()) == ["cancelled", "running"]


def test_an_incident_in_a_called_process_is_retried_there(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true"><callActivity id="call" calledElement="q"/></process>
      <process id="q" isExecutable="true">
        <scriptTask id="t" scriptFormat="python"><script>y = 1 / x</script></scriptTask></process>""")
    run.start("p", x=0)
    assert list(run.incidents) == ["t"]
    child = next(id for id in run.roots["r1"].instances if id != "r1")
    run.command(lambda root: root.set_variables(child, {"x": 1}))
    run.retry("t")
    assert (run.state(), run.variables()["y"]) == ("completed", 1)


def test_an_end_event_inside_a_call_does_not_end_the_caller(play: Callable[..., Any]) -> None:
    run = play("call_activity.bpmn")
    run.start("hiring")
    run.complete("interview")
    run.complete("compare")
    assert run.state() == "running"


@pytest.mark.construct("callActivity")
def test_calls_a_task_of_the_file(play: Callable[..., Any]) -> None:
    run = play(
        """<globalUserTask id="sign" name="Sign"/><process id="p" isExecutable="true">
        <callActivity id="call" name="Sign the contract" calledElement="sign"/></process>"""
    )
    run.start()
    assert run.tasks == ["call"]
    run.complete("call", signed=True)
    assert run.state() == "completed"
    assert run.variables() == {"signed": True}
