"""Complex gateway: it joins when its activation condition says so, and takes in who comes later."""

from collections.abc import Callable
from typing import Any

import pytest

TWO_OF_THREE = """
<process id="p" isExecutable="true"><startEvent id="start"/><parallelGateway id="ask"/>
<userTask id="a"/><userTask id="b"/><userTask id="c"/>
<complexGateway id="enough"><activationCondition>activationCount == 2</activationCondition></complexGateway>
<userTask id="order"/><endEvent id="end"/>
<sequenceFlow id="f0" sourceRef="start" targetRef="ask"/>
<sequenceFlow id="f1" sourceRef="ask" targetRef="a"/><sequenceFlow id="f2" sourceRef="ask" targetRef="b"/>
<sequenceFlow id="f3" sourceRef="ask" targetRef="c"/><sequenceFlow id="f4" sourceRef="a" targetRef="enough"/>
<sequenceFlow id="f5" sourceRef="b" targetRef="enough"/><sequenceFlow id="f6" sourceRef="c" targetRef="enough"/>
<sequenceFlow id="f7" sourceRef="enough" targetRef="order"/><sequenceFlow id="f8" sourceRef="order" targetRef="end"/>
</process>"""


@pytest.mark.construct("complexGateway")
def test_goes_on_when_two_of_three_have_come(play: Callable[..., Any]) -> None:
    run = play(TWO_OF_THREE)
    run.start()
    run.complete("a")
    assert run.tasks == ["b", "c"]
    run.complete("c")
    assert run.tasks == ["b", "order"]


def test_who_comes_late_is_taken_in_and_goes_nowhere(play: Callable[..., Any]) -> None:
    run = play(TWO_OF_THREE)
    run.start()
    run.complete("a")
    run.complete("b")
    run.complete("order")
    assert run.tasks == ["c"]
    run.complete("c")
    assert run.state() == "completed"
    assert run.path().count("order") == 1


def test_without_a_condition_it_waits_for_all_that_can_come(play: Callable[..., Any]) -> None:
    run = play(TWO_OF_THREE.replace("<activationCondition>activationCount == 2</activationCondition>", ""))
    run.start()
    run.complete("a")
    run.complete("b")
    assert run.tasks == ["c"]
    run.complete("c")
    assert run.tasks == ["order"]


def test_takes_every_flow_that_is_true(play: Callable[..., Any]) -> None:
    run = play(
        """<process id="p" isExecutable="true"><startEvent id="start"/><complexGateway id="split" default="other"/>
        <userTask id="a"/><userTask id="b"/><userTask id="c"/>
        <sequenceFlow id="f0" sourceRef="start" targetRef="split"/>
        <sequenceFlow id="f1" sourceRef="split" targetRef="a">
        <conditionExpression>n > 1</conditionExpression></sequenceFlow>
        <sequenceFlow id="f2" sourceRef="split" targetRef="b">
        <conditionExpression>n > 2</conditionExpression></sequenceFlow>
        <sequenceFlow id="other" sourceRef="split" targetRef="c"/></process>"""
    )
    run.start(n=3)
    assert run.tasks == ["a", "b"]
    run.start(n=0)
    assert run.tasks == ["a", "b", "c"]
