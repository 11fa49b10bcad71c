"""A worker's job as the suites shape it: what counts as an error, parameters, variables of the task only."""

from __future__ import annotations

from typing import Any

from engine.runtime.records import JobRecord

CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
FLOWABLE = 'xmlns:flowable="http://flowable.org/bpmn"'
MODEL = f"""
<process id="p" isExecutable="true" {CAMUNDA}>
  <startEvent id="start"/>
  start -> work
  <serviceTask id="work" camunda:type="external" camunda:topic="t">
    <extensionElements>
      <camunda:inputOutput>
        <camunda:outputParameter name="out">${{found}}</camunda:outputParameter>
      </camunda:inputOutput>
      <camunda:errorEventDefinition errorRef="bad" expression="${{externalTask.getErrorMessage() == 'bad'}}"/>
    </extensionElements>
  </serviceTask>
  work -> after
  <userTask id="after"/>
  <boundaryEvent id="caught" attachedToRef="work"><errorEventDefinition errorRef="bad"/></boundaryEvent>
  caught -> mend
  <userTask id="mend"/>
</process>
<error id="bad" errorCode="BAD"/>
"""


def failed(game: Any, reason: str, **variables: Any) -> bool:
    """A worker's try failed; whether the model counts that as an error."""
    job: JobRecord = game.record(JobRecord, "work")
    said: list[bool] = []
    token, number = job.token or 0, job.number
    game.command(lambda root: said.append(root.try_failed(token, number, reason, 0, "w", variables)))
    return said[0]


def test_a_failed_try_may_be_an_error_and_outputs_are_kept_even_then(play: Any) -> None:
    game = play(MODEL)
    game.start()
    assert failed(game, "bad", found=1)
    assert game.tasks == ["mend"]
    assert game.variables() == {"found": 1, "out": 1}


def test_another_failed_try_is_none(play: Any) -> None:
    game = play(MODEL)
    game.start()
    assert not failed(game, "slow", found=1)
    assert game.jobs == [("external", "work")]


def test_variables_of_the_task_only_are_seen_by_its_outputs(play: Any) -> None:
    game = play(MODEL)
    game.start()
    job: JobRecord = game.record(JobRecord, "work")
    game.command(lambda root: root.set_variables(root.own_scope(job.token), {"found": 2}, True))
    game.work("work")
    assert game.tasks == ["after"]
    assert game.variables() == {"out": 2}


def test_flowable_hands_over_what_is_declared(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {FLOWABLE}>
          <startEvent id="start"/>
          start -> work
          <serviceTask id="work" flowable:type="external-worker" flowable:topic="t">
            <extensionElements>
              <flowable:externalWorkerInParameter source="name" target="who"/>
              <flowable:externalWorkerOutParameter sourceExpression="${{a + b}}" target="sum"/>
            </extensionElements>
          </serviceTask>
          work -> after
          <userTask id="after"/>
        </process>
        """
    )
    game.start(name="Ann", secret=1)
    assert game.record(JobRecord, "work").payload["inputs"] == {"who": "Ann"}
    game.work("work", a=1, b=2)
    assert game.variables() == {"name": "Ann", "secret": 1, "sum": 3}


def test_an_event_that_throws_a_message_may_be_a_worker_s(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {CAMUNDA}>
          <startEvent id="start"/>
          start -> send
          <intermediateThrowEvent id="send">
            <messageEventDefinition camunda:type="external" camunda:topic="t"/>
          </intermediateThrowEvent>
          send -> done
          <endEvent id="done"><messageEventDefinition/></endEvent>
        </process>
        """
    )
    game.start()
    assert game.jobs == [("external", "send")]
    game.work("send", n=1)
    assert (game.state(), game.variables()) == ("completed", {"n": 1})
