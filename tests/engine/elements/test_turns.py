"""Turns that a runner takes before and after a node, as each suite has them."""

from __future__ import annotations

from typing import Any

CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
FLOWABLE = 'xmlns:flowable="http://flowable.org/bpmn"'


def test_each_flow_out_of_a_node_has_a_turn_of_its_own_in_camunda(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {CAMUNDA}>
          <startEvent id="start"/>
          start -> fork
          <parallelGateway id="fork" camunda:asyncAfter="true"/>
          fork -> one
          fork -> two
          <userTask id="one"/>
          <userTask id="two"/>
        </process>
        """
    )
    game.start()
    assert game.jobs == [("async", "fork"), ("async", "fork")]
    game.work("fork")
    assert game.tasks == ["one"]
    game.work("fork")
    assert game.tasks == ["one", "two"]


def test_a_start_event_may_have_a_turn(play: Any) -> None:
    for attribute in (
        f'{CAMUNDA}><startEvent id="start" camunda:asyncBefore="true"',
        f'{FLOWABLE}><startEvent id="start" flowable:async="true"',
    ):
        game = play(
            f'<process id="p" isExecutable="true" {attribute}/>\n start -> one\n <userTask id="one"/></process>'
        )
        game.start()
        assert game.jobs == [("async", "start")]
        game.work("start")
        assert game.tasks == ["one"]


ITEMS = """<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"""


def test_in_flowable_each_item_has_a_turn_and_all_of_them_one_to_leave(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {FLOWABLE}>
          <startEvent id="start"/>
          start -> each
          <manualTask id="each" flowable:async="true" flowable:asyncLeave="true">{ITEMS}</manualTask>
          each -> after
          <userTask id="after"/>
        </process>
        """
    )
    game.start()
    assert game.jobs == [("async", "each"), ("async", "each")]
    game.work("each")
    game.work("each")
    assert (game.jobs, game.tasks) == ([("async", "each")], [])
    game.work("each")
    assert game.tasks == ["after"]


def test_flowable_runs_end_listeners_when_the_turn_to_leave_has_come(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {FLOWABLE}>
          <startEvent id="start"/>
          start -> work
          <manualTask id="work" flowable:asyncLeave="true"><extensionElements>
            <flowable:executionListener event="end" expression="${{execution.setVariable('left', true)}}"/>
          </extensionElements></manualTask>
          work -> after
          <userTask id="after"/>
        </process>
        """
    )
    game.start()
    assert game.variables() == {}
    game.work("work")
    assert game.variables() == {"left": True}


def test_a_boundary_event_has_its_turn_once_and_then_goes_on(play: Any) -> None:
    for attribute in (f'{CAMUNDA} camunda:asyncAfter="true"', f'{FLOWABLE} flowable:asyncLeave="true"'):
        game = play(
            f"""
            <process id="p" isExecutable="true">
              <startEvent id="start"/>
              start -> work
              <userTask id="work"/>
              <boundaryEvent id="late" attachedToRef="work" {attribute}>
                <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
              late -> after
              <userTask id="after"/>
            </process>
            """
        )
        game.start()
        game.later(hours=1)
        assert (game.jobs, game.tasks) == ([("async", "late")], [])
        game.work("late")
        assert (game.jobs, game.tasks) == ([], ["after"])


def test_an_inclusive_join_waits_for_a_token_that_waits_there_for_its_turn(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {FLOWABLE}>
          <startEvent id="start"/>
          start -> fork
          <inclusiveGateway id="fork"/>
          fork -> one
          fork -> two
          <manualTask id="one"/>
          <manualTask id="two"/>
          one -> join
          two -> join
          <inclusiveGateway id="join" flowable:async="true"/>
          join -> after
          <userTask id="after"/>
        </process>
        """
    )
    game.start()
    game.work("join")
    assert (game.jobs, game.tasks) == ([("async", "join")], [])
    game.work("join")
    assert (game.jobs, game.tasks) == ([], ["after"])
