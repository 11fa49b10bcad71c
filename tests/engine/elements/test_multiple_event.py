"""Events with several definitions: the first that comes is enough, unless the event waits for all of them."""

from collections.abc import Callable
from typing import Any

import pytest

EVENT = """
<message id="paid" name="paid"/><message id="shipped" name="shipped"/>
<process id="p" isExecutable="true"><startEvent id="start"/>
<intermediateCatchEvent id="wait" {flag}>
<messageEventDefinition id="d1" messageRef="paid"/><messageEventDefinition id="d2" messageRef="shipped"/>
</intermediateCatchEvent><endEvent id="end"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="wait"/><sequenceFlow id="f2" sourceRef="wait" targetRef="end"/>
</process>
"""


@pytest.mark.construct("intermediateCatchEvent/multiple")
def test_the_first_is_enough(play: Callable[..., Any]) -> None:
    run = play(EVENT.format(flag=""))
    run.start()
    assert run.subscriptions == [("message", "paid"), ("message", "shipped")]
    run.message("shipped", by="train")
    assert run.state() == "completed"
    assert run.variables() == {"by": "train"}


@pytest.mark.construct("intermediateCatchEvent/parallel-multiple")
def test_of_a_parallel_one_all_must_come(play: Callable[..., Any]) -> None:
    run = play(EVENT.format(flag='parallelMultiple="true"'))
    run.start()
    run.message("shipped", by="train")
    assert run.subscriptions == [("message", "paid")]
    run.message("paid", amount=3)
    assert run.state() == "completed"
    assert run.variables() == {"by": "train", "amount": 3}


@pytest.mark.construct("boundaryEvent/multiple/interrupting")
def test_a_boundary_event_of_two_kinds(play: Callable[..., Any]) -> None:
    run = play(
        """<message id="m" name="stop"/><process id="p" isExecutable="true"><userTask id="work"/>
        <boundaryEvent id="either" attachedToRef="work"><messageEventDefinition id="d1" messageRef="m"/>
        <timerEventDefinition id="d2"><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
        <userTask id="after"/><sequenceFlow id="f" sourceRef="either" targetRef="after"/></process>"""
    )
    run.start()
    run.later(hours=2)
    assert run.tasks == ["after"]
    assert run.subscriptions == []


@pytest.mark.construct("boundaryEvent/multiple/non-interrupting")
def test_a_boundary_event_of_two_kinds_that_does_not_interrupt_happens_as_often_as_they_come(
    play: Callable[..., Any],
) -> None:
    run = play(
        """<message id="m" name="ask"/><signal id="s" name="hurry"/><process id="p" isExecutable="true">
        <userTask id="work"/><boundaryEvent id="either" attachedToRef="work" cancelActivity="false">
        <messageEventDefinition id="d1" messageRef="m"/><signalEventDefinition id="d2" signalRef="s"/></boundaryEvent>
        <userTask id="beside"/><sequenceFlow id="f" sourceRef="either" targetRef="beside"/></process>"""
    )
    run.start()
    run.message("ask")
    assert sorted(run.tasks) == ["beside", "work"]
    run.message("ask")
    assert sorted(run.tasks) == ["beside", "beside", "work"]
    assert sorted(run.subscriptions) == [("message", "ask"), ("signal", "hurry")]


@pytest.mark.construct("intermediateThrowEvent/multiple")
def test_all_of_a_throwing_one_are_thrown(play: Callable[..., Any]) -> None:
    run = play(
        """<signal id="a" name="a"/><signal id="b" name="b"/>
        <process id="waiter" isExecutable="true"><parallelGateway id="both"/>
        <intermediateCatchEvent id="on_a"><signalEventDefinition id="d1" signalRef="a"/></intermediateCatchEvent>
        <intermediateCatchEvent id="on_b"><signalEventDefinition id="d2" signalRef="b"/></intermediateCatchEvent>
        <sequenceFlow id="f1" sourceRef="both" targetRef="on_a"/>
        <sequenceFlow id="f2" sourceRef="both" targetRef="on_b"/>
        </process><process id="thrower" isExecutable="true"><intermediateThrowEvent id="throw">
        <signalEventDefinition id="d3" signalRef="a"/><signalEventDefinition id="d4" signalRef="b"/>
        </intermediateThrowEvent></process>"""
    )
    waiter = run.start("waiter")
    run.start("thrower")
    assert run.state(waiter) == "completed"


@pytest.mark.construct("intermediateCatchEvent/signal")
def test_a_definition_that_is_only_referred_to(play: Callable[..., Any]) -> None:
    run = play(
        """<message id="m" name="paid"/><messageEventDefinition id="shared" messageRef="m"/>
        <process id="p" isExecutable="true"><intermediateCatchEvent id="wait">
        <eventDefinitionRef>shared</eventDefinitionRef></intermediateCatchEvent></process>"""
    )
    run.start()
    assert run.subscriptions == [("message", "paid")]
    run.message("paid")
    assert run.state() == "completed"
