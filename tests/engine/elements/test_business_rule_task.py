"""Business rule task: the decision is a worker's job or, bound or guided, a person's."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.runtime.records import JobRecord
from engine.services.binding import Binding


@pytest.mark.construct("businessRuleTask")
@pytest.mark.parametrize(("percent", "end"), [(5, "with"), (0, "full")])
def test_the_decision_of_a_worker_goes_on_in_the_process(play: Callable[..., Any], percent: int, end: str) -> None:
    run = play("business_rule_task.bpmn")
    run.start()
    assert run.jobs == [("external", "decide")]
    run.work("decide", percent=percent)
    assert run.state() == "completed"
    assert end in run.path()


def test_bound_to_a_person_it_is_a_task(play: Callable[..., Any]) -> None:
    run = play("business_rule_task.bpmn", bindings={"decide": Binding("person", "sales")})
    run.start()
    run.complete("decide", percent=0)
    assert "full" in run.path()


ASKS = {
    "camunda": 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:decisionRef="credit" '
    'camunda:resultVariable="limit" camunda:mapDecisionResult="singleEntry"/>',
    "zeebe": 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><extensionElements>'
    '<zeebe:calledDecision decisionId="credit" resultVariable="limit"/></extensionElements></businessRuleTask>',
}


def asking(dialect: str, executable: bool = True) -> str:
    return f"""<process id="p" isExecutable="{str(executable).lower()}"><startEvent id="start"/>
      start -> rate
      <businessRuleTask id="rate" {ASKS[dialect]}
      rate -> after
      <userTask id="after"/></process>"""


@pytest.mark.parametrize("dialect", ASKS)
def test_what_the_verdict_says_of_a_decision_is_what_happens(dialect: str, play: Callable[..., Any]) -> None:
    run = play(asking(dialect))
    (told,) = (spec.judge() for name, spec in run.specs["p"].task_specs.items() if name == "rate")
    assert (told.verdict, told.code) == ("runs_with_binding", "decision")
    assert told.reason == "It asks for the decision “credit”, which a worker takes here that fetches the topic “rate”."
    run.start()
    assert run.record(JobRecord, "rate").topic == "rate"
    assert run.record(JobRecord, "rate").payload["result_variable"] == "limit"
    run.work("rate", limit=300)
    assert (run.tasks, run.variables()) == (["after"], {"limit": 300})


def test_guided_a_person_takes_the_decision(play: Callable[..., Any]) -> None:
    run = play(asking("camunda", executable=False))
    told = run.specs["p"].task_specs["rate"].judge()
    assert (told.verdict, told.reason) == (
        "guided",
        "It asks for the decision “credit”, which a person takes here.",
    )
    run.start()
    assert run.tasks == ["rate"]
    run.complete("rate", limit=300)
    assert run.tasks == ["after"]


def test_bound_the_binding_takes_the_decision(play: Callable[..., Any]) -> None:
    run = play(asking("camunda"), bindings={"rate": Binding("person", "credit office")})
    assert run.specs["p"].task_specs["rate"].judge().verdict == "runs"
    run.start()
    assert run.tasks == ["rate"]
