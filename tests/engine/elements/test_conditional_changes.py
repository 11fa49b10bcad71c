"""When conditional events are looked at, and what a node without an id is called."""

from __future__ import annotations

from typing import Any

CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
WATCHED = f"""
<process id="p" isExecutable="true" {CAMUNDA}>
  <startEvent id="start"/>
  start -> before
  <userTask id="before"/>
  before -> watched
  %s
  watched -> after
  <userTask id="after"/>
  <boundaryEvent id="met" attachedToRef="watched" %s>
    <conditionalEventDefinition><condition>${{n == 1}}</condition></conditionalEventDefinition>
  </boundaryEvent>
  met -> noticed
  <userTask id="noticed"/>
</process>
"""
SETS = '<serviceTask id="watched" camunda:expression="${execution.setVariable(\'n\', 1)}"/>'
INPUT = """<userTask id="watched"><extensionElements><camunda:inputOutput>
  <camunda:inputParameter name="n">${1}</camunda:inputParameter>
</camunda:inputOutput></extensionElements></userTask>"""


def test_an_activity_that_makes_its_own_boundary_condition_true_is_interrupted(play: Any) -> None:
    for activity in (SETS, INPUT):
        game = play(WATCHED % (activity, ""))
        game.start()
        game.complete("before")
        assert game.tasks == ["noticed"]


def test_not_interrupted_it_goes_on_beside_it(play: Any) -> None:
    game = play(WATCHED % (SETS, 'cancelActivity="false"'))
    game.start()
    game.complete("before")
    assert game.tasks == ["after", "noticed"]


def test_it_happens_once_for_each_variable_that_changes(play: Any) -> None:
    game = play(WATCHED % ('<userTask id="watched"/>', 'cancelActivity="false"'))
    root_id = game.start()
    game.complete("before")
    game.command(lambda root: root.set_variables(root_id, {"n": 1, "other": 2}))
    assert game.tasks == ["noticed", "noticed", "watched"]


def test_a_sub_process_interrupted_by_its_inputs_does_not_begin(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {CAMUNDA}>
          <startEvent id="start"/>
          start -> sub
          <subProcess id="sub">
            <extensionElements><camunda:inputOutput>
              <camunda:inputParameter name="n">${{1}}</camunda:inputParameter>
            </camunda:inputOutput></extensionElements>
            <startEvent id="inner"/>
            inner -> work
            <userTask id="work"/>
            <subProcess triggeredByEvent="true">
              <startEvent id="met">
                <conditionalEventDefinition><condition>${{n == 1}}</condition></conditionalEventDefinition>
              </startEvent>
              met -> noticed
              <userTask id="noticed"/>
            </subProcess>
          </subProcess>
          sub -> after
          <userTask id="after"/>
        </process>
        """
    )
    game.start()
    assert game.tasks == ["noticed"]
    game.complete("noticed")
    assert game.tasks == ["after"]


def test_the_counts_of_a_multi_instance_are_seen_by_its_boundary_events(play: Any) -> None:
    activity = """<userTask id="watched" camunda:assignee="ann"><multiInstanceLoopCharacteristics>
      <loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>"""
    game = play((WATCHED % (activity, "")).replace("${n == 1}", "${nrOfCompletedInstances == 1}"))
    game.start()
    game.complete("before")
    assert game.tasks == ["watched", "watched"]
    game.complete("watched")
    assert game.tasks == ["noticed"]
