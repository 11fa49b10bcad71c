"""An ad-hoc sub-process on the page of its instance: its activities are started in any order, and it is ended."""

from __future__ import annotations

import re

import pytest

from engine.commands import CompleteUserTask, GrantProcess, StartProcess
from engine.identity import SYSTEM
from engine.queries import InstanceDetail, TaskList

INSIDE = (
    '<userTask id="call" name="Call the customer" camunda:candidateGroups="Clerk"/>'
    '<userTask id="visit" name="Visit the customer" camunda:candidateGroups="Clerk"/>'
    '<userTask id="report" name="Write a report"/>'
    '<sequenceFlow id="vr" sourceRef="visit" targetRef="report"/>'
)


@pytest.fixture
def case(engine, deploy, model):
    """An instance in whose ad-hoc sub-process nothing has begun."""

    def make(attributes: str = "") -> str:
        body = (
            '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>'
            f'<adHocSubProcess id="a" name="Look into it" {attributes}>{INSIDE}</adHocSubProcess>'
            '<sequenceFlow id="g" sourceRef="a" targetRef="e"/><endEvent id="e"/>'
        )
        return engine.execute(StartProcess(definition_id=deploy(model(body), "case.bpmn")), SYSTEM)

    return make


def press(reader, id: str, what: str, **fields):
    action = re.search(rf'action="(/instances/{id}/ad-hoc/[^"]+/{what})"', reader.get(f"/instances/{id}"))
    return reader.follow(reader.post(action[1], **fields))


def tasks(engine) -> list[str]:
    return sorted(row.name for row in engine.query(TaskList(view="all"), SYSTEM).rows)


def test_activities_are_started_in_any_order_and_it_is_ended(reader, engine, case):
    id = case()
    one = reader("otto")
    html = one.get(f"/instances/{id}")
    assert "Look into it" in html
    assert html.count('name="activity"') == 2, "a report is written after a visit"
    press(one, id, "start", activity="visit")
    assert "1 goes on" in press(one, id, "start", activity="call")
    assert tasks(engine) == ["Call the customer", "Visit the customer"]
    press(one, id, "complete")
    assert tasks(engine) == []
    assert engine.query(InstanceDetail(id), SYSTEM).instance.state == "completed"


def test_what_may_begin_anew_is_not_done_for_good(reader, engine, case):
    id = case()
    one = reader("otto")
    press(one, id, "start", activity="call")
    for row in engine.query(TaskList(view="all"), SYSTEM).rows:
        engine.execute(CompleteUserTask(row.id), SYSTEM)
    line = re.search(r'<li data-element="call">.*?</li>', one.get(f"/instances/{id}"), re.DOTALL)[0]
    assert "1 time so far" in line
    assert "Done" not in line
    press(one, id, "complete")
    assert "Done" in re.search(r'<li data-element="call">.*?</li>', one.get(f"/instances/{id}"), re.DOTALL)[0]


def test_one_after_the_other_is_said(reader, engine, case):
    id = case('ordering="Sequential"')
    html = press(reader("otto"), id, "start", activity="call")
    assert "One after the other" in html
    assert html.count("disabled") >= 2


def test_only_who_may_work_in_the_process_sees_it(reader, engine, case):
    id = case()
    action = re.search(r'action="(/instances/[^"]+/ad-hoc/[^"]+/start)"', reader("otto").get(f"/instances/{id}"))[1]
    carl = reader("carl")
    carl.get("/start")
    assert carl.post(action, activity="call").status_code == 404
    engine.execute(GrantProcess("p", "see", "user", "carl"), SYSTEM)
    assert "/ad-hoc/" not in carl.get(f"/instances/{id}")
    assert carl.post(action, activity="call").status_code == 404
    engine.execute(GrantProcess("p", "operate", "user", "carl"), SYSTEM)
    assert "1 goes on" in press(carl, id, "start", activity="call")


def test_what_is_not_in_it_is_refused(reader, engine, case):
    id = case()
    one = reader("otto")
    action = re.search(r'action="(/instances/[^"]+/ad-hoc/[^"]+/start)"', one.get(f"/instances/{id}"))[1]
    assert one.post(action, activity="report").status_code == 404
    assert one.post(re.sub(r"/ad-hoc/[^/]+/", "/ad-hoc/x-1/", action), activity="call").status_code == 404
