"""An event-based gateway or a receive task that starts its process when its message comes."""

from collections.abc import Callable
from typing import Any

import pytest

SENDER = """<message id="order" name="order"/><message id="cancel" name="cancel"/>
<process id="sender" isExecutable="true"><sendTask id="send" messageRef="{message}"/></process>"""


@pytest.mark.construct("eventBasedGateway/instantiate")
@pytest.mark.parametrize(("message", "task"), [("order", "pack"), ("cancel", "refund")])
def test_the_event_that_comes_starts_its_branch(play: Callable[..., Any], message: str, task: str) -> None:
    run = play(
        SENDER.format(message=message)
        + """<process id="p" isExecutable="true"><eventBasedGateway id="which" instantiate="true"/>
        <intermediateCatchEvent id="ordered"><messageEventDefinition messageRef="order"/></intermediateCatchEvent>
        <receiveTask id="cancelled" messageRef="cancel"/><userTask id="pack"/><userTask id="refund"/>
        <sequenceFlow id="f1" sourceRef="which" targetRef="ordered"/>
        <sequenceFlow id="f2" sourceRef="which" targetRef="cancelled"/>
        <sequenceFlow id="f3" sourceRef="ordered" targetRef="pack"/>
        <sequenceFlow id="f4" sourceRef="cancelled" targetRef="refund"/></process>"""
    )
    run.start("sender", number=7)
    assert run.tasks == [task]
    assert run.variables("r2") == {"number": 7}


@pytest.mark.construct("receiveTask/instantiate")
def test_a_receive_task_starts_its_process(play: Callable[..., Any]) -> None:
    run = play(
        SENDER.format(message="order")
        + """<process id="p" isExecutable="true"><receiveTask id="ordered" instantiate="true" messageRef="order"/>
        <userTask id="pack"/><sequenceFlow id="f" sourceRef="ordered" targetRef="pack"/></process>"""
    )
    run.start("sender")
    assert run.tasks == ["pack"]
