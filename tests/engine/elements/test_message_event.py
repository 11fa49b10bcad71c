"""Message events: thrown at an intermediate or end event, caught by whoever waits for the name."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct(
    "startEvent/message",
    "intermediateThrowEvent/message",
    "intermediateCatchEvent/message",
    "endEvent/message",
)
def test_two_pools_talk_in_events(play: Callable[..., Any]) -> None:
    run = play("message_event.bpmn")
    run.start("guest", question="When is breakfast?")
    assert run.tasks == ["look_up"]
    run.complete("look_up", answer="At seven")
    assert (run.state("r1"), run.state("r2")) == ("completed", "completed")
    assert run.variables("r1") == {"question": "When is breakfast?", "answer": "At seven"}


def test_one_that_names_no_message_is_an_incident_and_guided_a_persons(play: Callable[..., Any]) -> None:
    model = """
      <process id="p">
        <intermediateCatchEvent id="c" name="Mail came"><messageEventDefinition id="d"/></intermediateCatchEvent>
      </process>"""
    run = play(model)
    run.start()
    assert run.tasks == ["c"]
    run.complete("c", sender="bank")
    assert (run.state(), run.variables()) == ("completed", {"sender": "bank"})
    run = play(model, guided=False)
    run.start()
    assert run.incidents == {"c": "“Mail came” waits for a message, but not for which."}


def test_message_flows_name_the_message_where_none_is_given(play: Callable[..., Any]) -> None:
    run = play("""
      <collaboration id="c">
        <participant id="one" processRef="p"/><participant id="two" processRef="q"/>
        <messageFlow id="f" sourceRef="throw" targetRef="start"/>
        <messageFlow id="g" sourceRef="reply" targetRef="catch"/>
      </collaboration>
      <process id="p" isExecutable="true">
        <intermediateThrowEvent id="throw"><messageEventDefinition id="d1"/></intermediateThrowEvent>
        <intermediateCatchEvent id="catch"><messageEventDefinition id="d2"/></intermediateCatchEvent>
        throw -> catch
      </process>
      <process id="q" isExecutable="true">
        <startEvent id="start"><messageEventDefinition id="d3"/></startEvent><userTask id="u"/>
        <endEvent id="reply"><messageEventDefinition id="d4"/></endEvent>
        start -> u
        u -> reply
      </process>""")
    run.start("p")
    assert (run.tasks, run.state("r1")) == (["u"], "running")
    run.complete("u")
    assert (run.state("r1"), run.state("r2")) == ("completed", "completed")


def test_a_message_to_a_black_box_pool_goes_out_and_the_process_goes_on(play: Callable[..., Any]) -> None:
    run = play("""
      <collaboration id="c">
        <participant id="one" processRef="p"/><participant id="customer" name="Customer"/>
        <messageFlow id="f" sourceRef="throw" targetRef="customer"/>
      </collaboration>
      <process id="p" isExecutable="true">
        <intermediateThrowEvent id="throw"><messageEventDefinition id="d1"/></intermediateThrowEvent>
      </process>""")
    run.start()
    assert run.state() == "completed"


def test_what_was_sent_is_in_the_history(play: Callable[..., Any]) -> None:
    run = play("message_event.bpmn")
    run.start("guest")
    sent = [event.data for event in run.roots["r1"].events if event.kind == "message-sent"]
    assert sent == [{"names": ["question"]}]
