"""User task: it waits in the task list, its variables are kept, then the process goes on."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import Conflict
from engine.runtime.records import UserTaskRecord
from engine.services.binding import Binding


@pytest.mark.construct("startEvent", "userTask", "endEvent")
def test_waits_until_a_person_completes_it(play: Callable[..., Any]) -> None:
    run = play("user_task.bpmn")
    run.start(amount=120)
    assert run.tasks == ["approve"]
    run.complete("approve", approved=True)
    assert run.state() == "completed"
    assert run.variables() == {"amount": 120, "approved": True}
    assert run.path() == ["start", "approve", "end", "approval"]


def test_is_offered_to_the_people_of_its_lane(play: Callable[..., Any]) -> None:
    run = play("user_task.bpmn")
    run.start()
    task = run.record(UserTaskRecord, "approve")
    assert (task.lane, task.candidate_groups, task.name) == ("Manager", ("Manager",), "Approve the invoice")


def test_a_task_that_is_done_cannot_be_done_again(play: Callable[..., Any]) -> None:
    run = play("user_task.bpmn")
    run.start()
    task = run.record(UserTaskRecord, "approve")
    run.complete("approve")
    with pytest.raises(Conflict):
        run.command(lambda root: root.complete_user_task(task.token, task.number, {}, None))


def test_the_work_of_a_lane_goes_to_the_groups_it_is_bound_to(play: Callable[..., Any]) -> None:
    run = play("user_task.bpmn", bindings={"lane:Manager": Binding("person", "Sales leads, Directors")})
    run.start()
    task = run.record(UserTaskRecord, "approve")
    assert (task.lane, task.candidate_groups) == ("Manager", ("Sales leads", "Directors"))


BROKEN_FORM = """
<process id="p" isExecutable="true" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
  <userTask id="t" camunda:formKey="${form}"/>
</process>"""


def test_a_form_that_cannot_be_told_is_an_incident_and_retry_offers_the_task(play: Callable[..., Any]) -> None:
    run = play(BROKEN_FORM)
    run.start()
    assert (run.tasks, list(run.incidents)) == ([], ["t"])
    run.retry("t")
    assert (run.tasks, list(run.incidents)) == ([], ["t"])
    run.command(lambda root: root.set_variables("r1", {"form": "order.html"}))
    run.retry("t")
    assert (run.tasks, run.record(UserTaskRecord, "t").form) == (["t"], {"key": "order.html"})


def test_guided_a_form_that_cannot_be_told_is_left_out(play: Callable[..., Any]) -> None:
    run = play(BROKEN_FORM, guided=True)
    run.start()
    assert run.tasks == ["t"]
