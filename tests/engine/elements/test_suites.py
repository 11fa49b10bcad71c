"""What Camunda and Flowable do beyond the standard, each by a small file of theirs."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Conflict
from engine.runtime.records import UserTaskRecord

CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
FLOWABLE = 'xmlns:flowable="http://flowable.org/bpmn"'


def test_flowable_flows_may_have_skip_expressions(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {FLOWABLE}>
          <startEvent id="start"/>
          start -> which
          <exclusiveGateway id="which"/>
          <sequenceFlow id="a" sourceRef="which" targetRef="one" flowable:skipExpression="${{n == 1}}">
            <conditionExpression>${{n == 2}}</conditionExpression>
          </sequenceFlow>
          <sequenceFlow id="b" sourceRef="which" targetRef="two" flowable:skipExpression="${{n == 2}}">
            <conditionExpression>${{n == 1}}</conditionExpression>
          </sequenceFlow>
          <userTask id="one"/>
          <userTask id="two"/>
        </process>
        """
    )
    game.start(n=1)
    game.start(n=1, _FLOWABLE_SKIP_EXPRESSION_ENABLED=True)
    assert game.tasks == ["one", "two"]


def test_flowable_can_terminate_all_items_of_a_loop(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {FLOWABLE}>
          <startEvent id="start"/>
          start -> each
          <subProcess id="each">
            <multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>3</loopCardinality>
            </multiInstanceLoopCharacteristics>
            <userTask id="work"/>
            work -> stop
            <endEvent id="stop"><terminateEventDefinition flowable:terminateMultiInstance="true"/></endEvent>
          </subProcess>
          each -> after
          <userTask id="after"/>
        </process>
        """
    )
    game.start()
    game.complete("work")
    assert game.tasks == ["after"]


def test_flowable_takes_from_a_signal_what_its_parameters_say(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {FLOWABLE}>
          <startEvent id="start"/>
          start -> wait
          <intermediateCatchEvent id="wait">
            <extensionElements><flowable:in source="theirs" target="ours"/></extensionElements>
            <signalEventDefinition signalRef="s"/>
          </intermediateCatchEvent>
          wait -> after
          <userTask id="after"/>
        </process>
        <signal id="s" name="go"/>
        """
    )
    game.start()
    game.message("go", theirs=1, other=2)
    assert game.variables() == {"ours": 1}


def test_a_listener_may_complete_its_task_but_not_while_it_ends(play: Any) -> None:
    model = f"""
    <process id="p" isExecutable="true" {CAMUNDA}>
      <startEvent id="start"/>
      start -> work
      <userTask id="work"><extensionElements>
        <camunda:taskListener event="%s" expression="${{task.complete()}}"/>
      </extensionElements></userTask>
      work -> after
      <userTask id="after"/>
    </process>
    """
    game = play(model % "create")
    game.start()
    assert game.tasks == ["after"]
    game = play(model % "complete")
    game.start()
    game.complete("work")
    assert "while it is being ended" in game.incidents["work"]


def test_a_listener_is_told_of_who_gets_the_task(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {CAMUNDA}>
          <startEvent id="start"/>
          start -> work
          <userTask id="work" camunda:assignee="bob"><extensionElements>
            <camunda:taskListener event="assignment" expression="${{task.setVariable('who', task.assignee)}}"/>
          </extensionElements></userTask>
        </process>
        """
    )
    game.start()
    assert game.variables() == {"who": "bob"}
    assert game.record(UserTaskRecord, "work").assignee == "bob"


def test_in_flowable_a_person_s_task_is_not_triggered(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {FLOWABLE}>
          <startEvent id="start"/>
          start -> work
          <userTask id="work" flowable:assignee="bob"/>
        </process>
        """
    )
    game.start()
    task = game.record(UserTaskRecord, "work")
    with pytest.raises(Conflict):
        game.command(lambda root: root.signal(task.token, {}))


def test_camunda_evaluates_the_keys_of_a_map_and_an_empty_parameter_is_null(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {CAMUNDA}>
          <startEvent id="start"/>
          start -> work
          <task id="work"><extensionElements><camunda:inputOutput>
            <camunda:outputParameter name="found">
              <camunda:map><camunda:entry key="${{k}}">1</camunda:entry></camunda:map>
            </camunda:outputParameter>
            <camunda:outputParameter name="nothing"/>
          </camunda:inputOutput></extensionElements></task>
          work -> after
          <userTask id="after"/>
        </process>
        """
    )
    game.start(k="here")
    assert game.variables() == {"k": "here", "found": {"here": "1"}, "nothing": None}


def test_in_camunda_a_call_that_is_deleted_takes_with_it_what_holds_nothing_else(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {CAMUNDA}>
          <startEvent id="start"/>
          start -> call
          <callActivity id="call" calledElement="called" camunda:calledElementBinding="latest"/>
          call -> after
          <userTask id="after"/>
        </process>
        <process id="called" isExecutable="true"><userTask id="inside"/></process>
        """
    )
    game.start()
    called = game.record(UserTaskRecord, "inside").instance_id
    game.command(lambda root: root.cancel(called))
    assert (game.tasks, game.state()) == ([], "cancelled")


def test_camunda_tells_a_process_s_listeners_where_it_begins_and_ended(play: Any) -> None:
    listener = """<camunda:executionListener event="%s"
      expression="${execution.setVariable(execution.eventName, execution.currentActivityId)}"/>"""
    game = play(f"""
    <process id="p" isExecutable="true" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
      <extensionElements>{listener % "start"}{listener % "end"}</extensionElements>
      <startEvent id="first"/>
      first -> last
      <endEvent id="last"/>
    </process>
    """)
    game.start()
    assert game.variables() == {"start": "first", "end": "last"}


def test_an_error_of_a_delete_listener_keeps_nobody_from_cancelling(play: Any) -> None:
    for code in ("throw new BpmnError('late')", "nothing.there"):
        game = play(f"""
        <process id="p" isExecutable="true" xmlns:flowable="http://flowable.org/bpmn">
          <userTask id="work"><extensionElements>
            <flowable:taskListener event="delete" type="script">
              <flowable:script scriptFormat="groovy">{code}</flowable:script>
            </flowable:taskListener>
          </extensionElements></userTask>
          <boundaryEvent id="odd" attachedToRef="work"><errorEventDefinition/></boundaryEvent>
          odd -> after
          <userTask id="after"/>
        </process>
        """)
        root_id = game.start()
        game.command(lambda root, id=root_id: root.cancel(id))
        assert (game.state(), game.tasks) == ("cancelled", [])
        assert "outputs-failed" in {event.kind for event in game.roots[root_id].events}
