"""Exclusive gateway: the first flow whose condition is true, else the default; without conditions a person says."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import Invalid
from engine.runtime.records import IncidentRecord, UserTaskRecord

UNDECIDED = """
<process id="p" {executable}>
  <startEvent id="s"/><exclusiveGateway id="g" name="Is it good?"/><userTask id="a"/><userTask id="b"/>
  s -> g
  <sequenceFlow id="yes" name="Yes" sourceRef="g" targetRef="a"/>
  <sequenceFlow id="no" name="No" sourceRef="g" targetRef="b"/>
</process>"""


@pytest.mark.construct("exclusiveGateway")
@pytest.mark.parametrize(("amount", "asked"), [(20_000, ["director"]), (5_000, ["manager"])])
def test_takes_the_first_flow_that_is_true(play: Callable[..., Any], amount: int, asked: list[str]) -> None:
    run = play("exclusive_gateway.bpmn")
    run.start(amount=amount)
    assert run.tasks == asked
    run.complete(asked[0])
    assert run.state() == "completed"


@pytest.mark.construct("exclusiveGateway")
def test_takes_the_default_flow_when_none_is_true(play: Callable[..., Any]) -> None:
    run = play("exclusive_gateway.bpmn")
    run.start(amount=5)
    assert run.state() == "completed"
    assert "book" in run.path()


def test_no_true_flow_and_no_default_is_an_incident_that_retry_mends(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><exclusiveGateway id="g"/><endEvent id="a"/><endEvent id="b"/>
        s -> g
        g -> a if x == 1
        g -> b if x == 2
      </process>""")
    run.start(x=3)
    assert "No condition" in run.incidents["g"]
    run.command(lambda root: root.set_variables("r1", {"x": 2}))
    run.retry("g")
    assert (run.state(), "b" in run.path()) == ("completed", True)


def test_a_condition_that_fails_is_an_incident_that_names_it(play: Callable[..., Any]) -> None:
    run = play("exclusive_gateway.bpmn")
    run.start()
    assert list(run.incidents) == ["amount"]
    assert run.record(IncidentRecord, "amount").expression == "amount > 10000"


@pytest.mark.parametrize("executable", ["", 'isExecutable="true"'], ids=["guided", "executable"])
def test_without_conditions_its_question_is_asked(play: Callable[..., Any], executable: str) -> None:
    run = play(UNDECIDED.format(executable=executable))
    run.start()
    question = run.record(UserTaskRecord, "g")
    assert (question.kind, question.name) == ("question", "Is it good?")
    assert question.form == {
        "options": [{"id": "yes", "name": "Yes", "default": False}, {"id": "no", "name": "No", "default": False}],
        "multiple": False,
    }
    run.complete("g", outcome=["no"])
    assert run.tasks == ["b"]


def test_ways_without_a_name_are_called_by_where_they_lead(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p">
        <startEvent id="s"/><exclusiveGateway id="g"/><parallelGateway id="f"/><exclusiveGateway id="j"/>
        <task id="a" name="Pack"/><task id="b" name="Send"/><endEvent id="e"/><endEvent id="last"/>
        s -> g
        g -> a
        g -> f
        f -> b
        g -> j
        j -> b
        g -> e
        a -> last
        b -> last
      </process>""")
    run.start()
    names = [option["name"] for option in run.record(UserTaskRecord, "g").form["options"]]
    assert names == ["Pack", "Send (f)", "Send (j)", "e"]


@pytest.mark.parametrize("outcome", [None, [], ["elsewhere"], ["yes", "no"]])
def test_an_answer_is_one_of_the_flows(play: Callable[..., Any], outcome: list[str] | None) -> None:
    run = play(UNDECIDED.format(executable=""))
    run.start()
    with pytest.raises(Invalid):
        run.complete("g", outcome=outcome)
    assert run.tasks == ["g"]


def test_what_was_answered_is_in_the_history(play: Callable[..., Any]) -> None:
    run = play(UNDECIDED.format(executable=""))
    run.start()
    run.complete("g", outcome=["yes"])
    answers = [event.data for event in run.roots["r1"].events if event.kind == "question-answered"]
    assert answers == [{"chosen": ["Yes"]}]


def test_in_a_loop_it_asks_again_each_time(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p">
        <exclusiveGateway id="merge"/><task id="work"/><exclusiveGateway id="g"/><endEvent id="e"/>
        <startEvent id="s"/>
        s -> merge
        merge -> work
        work -> g
        g -> merge
        g -> e
      </process>""")
    run.start()
    for _ in range(3):
        run.complete("work")
        run.complete("g", outcome=["g_merge"])
    run.complete("work")
    run.complete("g", outcome=["g_e"])
    assert run.state() == "completed"
    assert run.path().count("work") == 4


def test_two_tokens_through_a_merge_are_two(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><exclusiveGateway id="merge"/><userTask id="t"/>
        <task id="a"/><task id="b"/>
        s -> a
        s -> b
        a -> merge
        b -> merge
        merge -> t
      </process>""")
    run.start()
    assert run.tasks == ["t", "t"]


def test_a_single_flow_without_condition_needs_no_question(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p"><startEvent id="s"/><exclusiveGateway id="g"/><task id="t"/>
        s -> g
        g -> t
      </process>""")
    run.start()
    assert run.tasks == ["t"]
