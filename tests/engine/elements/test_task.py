"""Abstract task: an executable process passes it; guided, it is a human task of its lane."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.runtime.records import UserTaskRecord

TWO_LANES = """
<process id="p">
  <laneSet id="lanes">
    <lane id="office" name="Office"><flowNodeRef>ask</flowNodeRef></lane>
    <lane id="plant" name="Plant"><flowNodeRef>make</flowNodeRef></lane>
  </laneSet>
  <startEvent id="start"/><task id="ask" name="Ask"/><task id="make" name="Make"/><endEvent id="end"/>
  start -> ask
  ask -> make
  make -> end
</process>"""


@pytest.mark.construct("task")
def test_passes_in_an_executable_process(play: Callable[..., Any]) -> None:
    run = play("task.bpmn")
    run.start()
    assert run.state() == "completed"
    assert set(run.path()) == {"packing", "start", "pack", "label", "labelled", "weigh", "weighed"}


def test_several_flows_out_of_it_are_all_taken(play: Callable[..., Any]) -> None:
    run = play("task.bpmn", guided=True)
    run.start()
    run.complete("pack")
    assert run.tasks == ["label", "weigh"]
    run.complete("weigh")
    assert run.state() == "running"
    run.complete("label")
    assert run.state() == "completed"


@pytest.mark.parametrize(
    ("amount", "taken"), [(5, ["none"]), (50, ["a"]), (500, ["a", "b"])], ids=["default", "one true", "two true"]
)
def test_conditional_and_default_flows_out_of_it(play: Callable[..., Any], amount: int, taken: list[str]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><task id="t" default="t_none"/><userTask id="a"/><userTask id="b"/><userTask id="none"/>
        s -> t
        t -> a if amount > 10
        t -> b if amount > 100
        t -> none
      </process>""")
    run.start(amount=amount)
    assert run.tasks == taken


def test_no_true_flow_out_of_it_is_an_incident_that_retry_mends(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><task id="t"/><endEvent id="e"/>
        s -> t
        t -> e if ready
      </process>""")
    run.start(ready=False)
    assert "No condition of the flows out of “t” is true" in run.incidents["t"]
    run.command(lambda root: root.set_variables("r1", {"ready": True}))
    run.retry("t")
    assert (run.state(), run.incidents) == ("completed", {})


def test_guided_it_is_offered_to_its_lane(play: Callable[..., Any]) -> None:
    run = play(TWO_LANES)
    run.start()
    asked = run.record(UserTaskRecord, "ask")
    assert (asked.lane, asked.candidate_groups, asked.kind) == ("Office", ("Office",), "task")
    run.complete("ask", quantity=3)
    assert run.record(UserTaskRecord, "make").candidate_groups == ("Plant",)
    run.complete("make")
    assert (run.state(), run.variables()) == ("completed", {"quantity": 3})


def test_guided_without_lanes_it_is_the_pools(play: Callable[..., Any]) -> None:
    run = play("""
      <collaboration id="c"><participant id="pool" name="Warehouse" processRef="p"/></collaboration>
      <process id="p"><task id="only"/></process>""")
    run.start()
    assert run.record(UserTaskRecord, "only").candidate_groups == ("Warehouse",)


def test_guided_a_condition_that_cannot_be_decided_is_asked(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p">
        <task id="t"/><task id="a"/><task id="b"/>
        t -> a if nobody_set_this > 1
        t -> b if not nobody_set_this
      </process>""")
    run.start()
    run.complete("t")
    question = run.record(UserTaskRecord, "t")
    assert (question.kind, [option["id"] for option in question.form["options"]]) == ("question", ["t_a", "t_b"])
    run.complete("t", outcome=["t_b"])
    assert run.tasks == ["b"]
