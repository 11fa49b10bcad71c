"""Service task: a worker's job, a runner's call, or a person's after all."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.runtime.records import IncidentRecord, JobRecord, UserTaskRecord
from engine.services.binding import Binding

CAUGHT = """
<error id="broke" name="Broke" errorCode="BROKE"/>
<process id="p" isExecutable="true">
  <startEvent id="s"/><serviceTask id="pay"/><endEvent id="e"/><userTask id="sort_out"/>
  <boundaryEvent id="b" attachedToRef="pay"><errorEventDefinition id="d" errorRef="broke"/></boundaryEvent>
  s -> pay
  pay -> e
  b -> sort_out
</process>"""


@pytest.mark.construct("serviceTask")
def test_waits_for_a_worker(play: Callable[..., Any]) -> None:
    run = play("service_task.bpmn")
    run.start(amount=10)
    job = run.record(JobRecord, "pay")
    assert (job.kind, job.topic, job.retries) == ("external", "pay", 3)
    run.work("pay", receipt="R-7")
    assert (run.state(), run.variables()) == ("completed", {"amount": 10, "receipt": "R-7"})


def test_bound_to_a_program_it_is_a_runners_call(play: Callable[..., Any]) -> None:
    run = play("service_task.bpmn", bindings={"pay": Binding("python", "bank:pay", {"retries": 5})})
    run.start()
    job = run.record(JobRecord, "pay")
    assert (job.kind, job.topic, job.retries) == ("service", "bank:pay", 5)
    run.work("pay")
    assert run.state() == "completed"


def test_bound_to_a_person_it_is_a_task_of_that_group(play: Callable[..., Any]) -> None:
    run = play("service_task.bpmn", bindings={"pay": Binding("person", "accounting")})
    run.start()
    assert run.record(UserTaskRecord, "pay").candidate_groups == ("accounting",)
    run.complete("pay")
    assert run.state() == "completed"


def test_guided_a_person_does_what_no_program_is_named_for(play: Callable[..., Any]) -> None:
    run = play("service_task.bpmn", guided=True)
    run.start()
    assert (run.tasks, run.jobs) == (["pay"], [])


def test_the_last_failed_try_is_an_incident_and_retry_asks_again(play: Callable[..., Any]) -> None:
    run = play("service_task.bpmn")
    run.start()
    job = run.record(JobRecord, "pay")
    run.command(lambda root: root.fail(job.token, job.number, "service-failed", "The bank is closed.", "Wait."))
    incident = run.record(IncidentRecord, "pay")
    assert (incident.reason, incident.fix, run.jobs) == ("The bank is closed.", "Wait.", [])
    run.retry("pay")
    assert run.jobs == [("external", "pay")]
    run.work("pay")
    assert run.state() == "completed"


def test_an_error_that_a_worker_throws_is_caught_at_its_boundary(play: Callable[..., Any]) -> None:
    run = play(CAUGHT)
    run.start()
    run.throw("pay", "BROKE", missing=12)
    assert (run.tasks, run.jobs) == (["sort_out"], [])
    assert run.variables() == {"missing": 12}


def test_an_error_that_nobody_catches_fails_the_instance(play: Callable[..., Any]) -> None:
    run = play(CAUGHT)
    run.start()
    run.throw("pay", "ANOTHER")
    assert run.state() == "failed"
    assert "ANOTHER" in run.roots["r1"].instances["r1"].end_reason
