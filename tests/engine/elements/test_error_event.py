"""Error events: thrown at an end event, caught by the nearest handler; by nobody, the instance has failed."""

from collections.abc import Callable
from typing import Any

import pytest

NESTED = """
<error id="e1" name="One" errorCode="ONE"/><error id="e2" name="Two" errorCode="TWO"/>
<process id="p" isExecutable="true">
  <subProcess id="outer">
    <subProcess id="inner">
      <userTask id="u"/><endEvent id="throw"><errorEventDefinition id="d1" errorRef="{thrown}"/></endEvent>
      <userTask id="beside"/>
      u -> throw
    </subProcess>
    <boundaryEvent id="b1" attachedToRef="inner"><errorEventDefinition id="d2" errorRef="e1"/></boundaryEvent>
    <userTask id="near"/>
    b1 -> near
  </subProcess>
  <boundaryEvent id="b2" attachedToRef="outer"><errorEventDefinition id="d3" {outer}/></boundaryEvent>
  <userTask id="far"/>
  b2 -> far
</process>"""


@pytest.mark.construct("endEvent/error", "boundaryEvent/error/interrupting")
def test_goes_to_the_boundary_of_the_sub_process(play: Callable[..., Any]) -> None:
    run = play("error_event.bpmn")
    run.start()
    run.complete("count", left=0)
    assert run.tasks == ["reorder"]
    run.complete("reorder")
    assert (run.state(), "sold" in run.path()) == ("completed", False)


def test_is_not_thrown_where_all_is_well(play: Callable[..., Any]) -> None:
    run = play("error_event.bpmn")
    run.start()
    run.complete("count", left=3)
    assert (run.state(), "sold" in run.path()) == ("completed", True)


@pytest.mark.construct("boundaryEvent/error/interrupting")
@pytest.mark.parametrize(
    ("thrown", "outer", "asked"),
    [("e1", 'errorRef="e1"', ["near"]), ("e2", 'errorRef="e2"', ["far"]), ("e2", "", ["far"])],
    ids=["nearest", "outer, by its code", "outer, catching any"],
)
def test_the_nearest_handler_of_its_code_catches_it(
    play: Callable[..., Any], thrown: str, outer: str, asked: list[str]
) -> None:
    run = play(NESTED.format(thrown=thrown, outer=outer))
    run.start()
    assert run.tasks == ["beside", "u"]
    run.complete("u")
    assert run.tasks == asked


def test_nobody_catches_it_and_the_instance_has_failed(play: Callable[..., Any]) -> None:
    run = play(NESTED.format(thrown="e2", outer='errorRef="e1"'))
    run.start()
    run.complete("u")
    assert (run.state(), run.tasks) == ("failed", [])
    assert run.roots["r1"].instances["r1"].end_reason == "error TWO"


def test_an_error_in_a_called_process_comes_to_the_caller(play: Callable[..., Any]) -> None:
    run = play("""
      <error id="e1" name="One" errorCode="ONE"/>
      <process id="p" isExecutable="true">
        <callActivity id="call" calledElement="q"/>
        <boundaryEvent id="b" attachedToRef="call"><errorEventDefinition id="d" errorRef="e1"/></boundaryEvent>
        <userTask id="caught"/>
        b -> caught
      </process>
      <process id="q" isExecutable="true">
        <userTask id="u"/><endEvent id="throw"><errorEventDefinition id="d1" errorRef="e1"/></endEvent>
        u -> throw
      </process>""")
    run.start("p")
    run.complete("u")
    assert run.tasks == ["caught"]
    called = [instance for instance in run.roots["r1"].instances.values() if instance.parent_id]
    assert [instance.state for instance in called] == ["cancelled"]


def test_an_error_ends_all_items_of_a_multi_instance(play: Callable[..., Any]) -> None:
    run = play("""
      <error id="e1" name="One" errorCode="ONE"/>
      <process id="p" isExecutable="true">
        <serviceTask id="t"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>
        </multiInstanceLoopCharacteristics></serviceTask>
        <boundaryEvent id="b" attachedToRef="t"><errorEventDefinition id="d" errorRef="e1"/></boundaryEvent>
        <userTask id="caught"/>
        b -> caught
      </process>""")
    run.start()
    run.throw("t", "ONE")
    assert (run.jobs, run.tasks) == ([], ["caught"])


@pytest.mark.parametrize("catcher", ["boundary", "event sub-process"])
def test_errors_interrupt_even_where_it_is_drawn_otherwise(play: Callable[..., Any], catcher: str) -> None:
    error = '<errorEventDefinition id="d" errorRef="e1"/>'
    inside, outside = "", ""
    if catcher == "boundary":
        outside = f'<boundaryEvent id="b" attachedToRef="sub" cancelActivity="false">{error}</boundaryEvent>'
    else:
        start = f'<startEvent id="b" isInterrupting="false">{error}</startEvent>'
        inside = f'<subProcess id="esp" triggeredByEvent="true">{start}</subProcess>'
    run = play(f"""
      <error id="e1" name="One" errorCode="ONE"/>
      <process id="p" isExecutable="true">
        <subProcess id="sub">
          <startEvent id="s"/><userTask id="beside"/>
          <endEvent id="throw"><errorEventDefinition id="d0" errorRef="e1"/></endEvent>
          s -> beside
          s -> throw
          {inside}
        </subProcess>{outside}
      </process>""")
    run.start()
    assert (run.state(), run.tasks) == ("completed", [])


FLOWABLE = 'xmlns:flowable="http://flowable.org/bpmn"'


def test_in_flowable_the_catching_event_takes_what_it_names(play: Callable[..., Any]) -> None:
    game = play(f"""
    <process id="p" isExecutable="true" {FLOWABLE}>
      <startEvent id="start"/>
      start -> work
      <scriptTask id="work" scriptFormat="groovy"><script>
        error = new BpmnError("late", "Too late"); error.addAdditionalData("by", 3); throw error
      </script></scriptTask>
      <boundaryEvent id="caught" attachedToRef="work"><extensionElements>
        <flowable:in source="errorCode" target="code"/>
        <flowable:in sourceExpression="${{errorMessage.concat('!')}}" target="said"/>
        <flowable:in source="by" target="days"/>
      </extensionElements><errorEventDefinition/></boundaryEvent>
      caught -> told
      <userTask id="told"/>
    </process>
    """)
    game.start()
    assert game.tasks == ["told"]
    assert game.variables() == {"code": "late", "said": "Too late!", "days": 3}


def test_in_flowable_what_an_end_listener_throws_is_caught_around_the_activity(play: Callable[..., Any]) -> None:
    game = play(f"""
    <process id="p" isExecutable="true" {FLOWABLE}>
      <startEvent id="start"/>
      start -> around
      <subProcess id="around">
        <userTask id="work"><extensionElements>
          <flowable:executionListener event="end" type="script">
            <flowable:script scriptFormat="groovy">throw new BpmnError("late")</flowable:script>
          </flowable:executionListener>
        </extensionElements></userTask>
        <boundaryEvent id="near" attachedToRef="work"><errorEventDefinition/></boundaryEvent>
        near -> inside
        <userTask id="inside"/>
      </subProcess>
      <boundaryEvent id="far" attachedToRef="around"><errorEventDefinition/></boundaryEvent>
      far -> outside
      <userTask id="outside"/>
    </process>
    """)
    game.start()
    game.complete("work")
    assert game.tasks == ["outside"]
