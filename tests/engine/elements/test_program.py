"""Classes of the vendor's engine that are bound to Python functions and run within the step."""

from __future__ import annotations

from typing import Any

from engine.services import BpmnError
from engine.services.binding import Binding
from engine.services.calls import ServiceCall, ServiceFailed, ServiceOutcome

CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
MODEL = f"""
<process id="p" isExecutable="true" {CAMUNDA}>
  <startEvent id="start"/>
  start -> work
  <serviceTask id="work" camunda:class="com.acme.Work">
    <extensionElements>
      <camunda:executionListener event="start" class="com.acme.Audit">
        <camunda:field name="what"><camunda:string>work</camunda:string></camunda:field>
      </camunda:executionListener>
    </extensionElements>
  </serviceTask>
  work -> done
  <endEvent id="done"/>
  <boundaryEvent id="refused" attachedToRef="work"><errorEventDefinition errorRef="no"/></boundaryEvent>
  refused -> ask
  <userTask id="ask"/>
</process>
<error id="no" errorCode="NO"/>
"""
BINDINGS = {
    "class:com.acme.Audit": Binding("python", "acme:audit"),
    "class:com.acme.Work": Binding("python", "acme:work", {"inline": True}),
}


def programs(**functions: Any) -> Any:
    """Calls the function that a binding names, with all variables."""

    def call(asked: ServiceCall) -> ServiceOutcome:
        return ServiceOutcome(functions[asked.target.partition(":")[2]](asked.variables))

    return call


def test_listeners_and_inline_classes_run_within_the_step(play: Any) -> None:
    functions = {"audit": lambda v: {"audited": f"{v['event']} {v['what']}"}, "work": lambda v: {"sum": v["n"] + 1}}
    game = play(MODEL, bindings=BINDINGS, programs=programs(**functions))
    game.start(n=1)
    assert game.state() == "completed"
    assert game.variables() == {"n": 1, "audited": "start work", "sum": 2}


def test_an_error_that_one_throws_is_caught_by_the_model(play: Any) -> None:
    def refuse(variables: Any) -> Any:
        raise BpmnError("NO", "not today", {"why": "closed"})

    for which in ("audit", "work"):
        functions = {"audit": lambda v: {}, "work": lambda v: {}, which: refuse}
        game = play(MODEL, bindings=BINDINGS, programs=programs(**functions))
        game.start()
        assert game.tasks == ["ask"], which
        assert game.variables() == {"why": "closed"}


def test_what_fails_is_an_incident_that_can_be_retried(play: Any) -> None:
    answers: list[Any] = [ServiceFailed("It is down."), {}]

    def work(variables: Any) -> Any:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    game = play(MODEL, bindings=BINDINGS, programs=programs(audit=lambda v: {}, work=work))
    game.start()
    assert game.incidents == {"work": "It is down."}
    game.retry("work")
    assert game.state() == "completed"


def test_a_listener_that_is_not_bound_says_so(play: Any) -> None:
    game = play(MODEL)
    game.start()
    assert "com.acme.Audit" in game.incidents["work"]


def test_groovy_scripts_set_variables_through_execution_and_throw_errors(play: Any) -> None:
    game = play(
        f"""
        <process id="p" isExecutable="true" {CAMUNDA}>
          <startEvent id="start"/>
          start -> script
          <scriptTask id="script" scriptFormat="groovy"><script>
            execution.setVariable("seen", amount + 1)
            if (amount > 5) throw new org.camunda.bpm.engine.delegate.BpmnError("NO")
          </script></scriptTask>
          script -> done
          <endEvent id="done"/>
          <boundaryEvent id="refused" attachedToRef="script"><errorEventDefinition errorRef="no"/></boundaryEvent>
          refused -> ask
          <userTask id="ask"/>
        </process>
        <error id="no" errorCode="NO"/>
        """
    )
    game.start(amount=1)
    assert game.state() == "completed"
    assert game.variables()["seen"] == 2
    game.start(amount=9)
    assert game.tasks == ["ask"]
