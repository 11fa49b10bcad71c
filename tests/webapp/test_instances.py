"""Instances and incidents: where one stands, what happened, and mending what stopped."""

from __future__ import annotations

import pytest

from engine.commands import CompleteUserTask, StartProcess
from engine.identity import SYSTEM, Actor
from engine.queries import IncidentList, InstanceDetail, JobList, SubscriptionList, TaskList
from webapp.display import breakable

CLARA = Actor("clara", frozenset({"Clerk"}), frozenset({"read", "work", "start"}))


@pytest.fixture
def running(engine, deploy):
    """A purchase that Clara started and asked for; it waits for a manager."""
    instance = engine.execute(StartProcess(definition_id=deploy(), business_key="Chairs"), CLARA)
    (task,) = engine.query(TaskList(instance_id=instance), CLARA).rows
    engine.execute(CompleteUserTask(task.id, {"supplier": "ACME & Sons", "amount": 1200.0}), CLARA)
    return instance


@pytest.fixture
def stopped(engine, deploy, model):
    """An instance that stopped because a condition cannot be told."""
    condition = '<conditionExpression xsi:type="tFormalExpression">amount &gt; 5</conditionExpression>'
    body = (
        '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="g"/>'
        '<exclusiveGateway id="g" name="Much?" default="no"/>'
        f'<sequenceFlow id="yes" sourceRef="g" targetRef="e">{condition}</sequenceFlow>'
        '<sequenceFlow id="no" sourceRef="g" targetRef="e"/><endEvent id="e"/>'
    )
    return engine.execute(StartProcess(definition_id=deploy(model(body), "much.bpmn"), business_key="B-1"), SYSTEM)


def test_where_it_stands_is_said_in_words(reader, running):
    html = reader("clara").get(f"/instances/{running}")
    assert "Chairs" in html
    assert "Here now" in html
    assert "Done: Ask for it" in html
    assert "by Clara" in html
    assert "ACME &amp; Sons" in html
    assert "1,200" in html


def test_what_ended_still_shows_its_path_and_variables(reader, engine, running):
    (task,) = engine.query(TaskList(instance_id=running), SYSTEM).rows
    engine.execute(CompleteUserTask(task.id, {"approved": True}), SYSTEM)
    html = reader("clara").get(f"/instances/{running}")
    assert "Completed" in html
    assert "approved" in html
    assert "Nothing has happened yet" not in html


def test_the_whole_history_is_there_when_asked_for(reader, running):
    one = reader("clara")
    assert "supplier = ACME" not in one.get(f"/instances/{running}")
    assert "supplier = ACME" in one.get(f"/instances/{running}?all=1")


def test_an_instance_of_others_is_not_there(reader, running):
    assert reader("carl").status(f"/instances/{running}") == 404
    assert "Chairs" not in reader("carl").get("/instances")
    assert "Chairs" in reader("clara").get("/instances")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=running", True),
        ("state=completed", False),
        ("q=chai", True),
        ("q=desk", False),
        ("process=other", False),
    ],
)
def test_the_list_is_filtered_by_its_address(reader, running, query, found):
    html = reader("clara").get(f"/instances?{query}")
    assert (">Chairs</a>" in html) is found


def test_an_operator_sets_a_variable_and_cancels_with_a_reason(reader, engine, running):
    one = reader("otto")
    one.get(f"/instances/{running}")
    one.post(f"/instances/{running}/variables", name="amount", value="7")
    assert engine.query(InstanceDetail(running), SYSTEM).scopes[0].variables["amount"] == 7
    html = one.follow(one.post(f"/instances/{running}/cancel", reason="Ordered <twice>"))
    assert "Cancelled" in html
    assert "Ordered &lt;twice&gt;" in html


def test_who_is_no_operator_may_not(reader, engine, running):
    one = reader("clara")
    one.get(f"/instances/{running}")
    assert one.post(f"/instances/{running}/cancel").status_code == 404
    assert one.post(f"/instances/{running}/variables", name="amount", value="7").status_code == 404
    assert engine.query(InstanceDetail(running), SYSTEM).instance.state == "running"


def test_what_stopped_is_told_mended_and_tried_again(reader, engine, stopped):
    one = reader("otto")
    html = one.get("/incidents")
    assert "Much?" in html
    assert "B-1" in html
    (incident,) = engine.query(IncidentList(), SYSTEM).rows
    assert one.post(f"/instances/nothing/incidents/{incident.id}/retry").status_code == 404
    assert one.post(f"/instances/{stopped}/incidents/other-1/retry").status_code == 404
    html = one.get(f"/instances/{stopped}")
    assert "Stopped at Much?" in html
    one.post(f"/instances/{stopped}/variables", name="amount", value="9")
    one.post(f"/instances/{stopped}/incidents/{incident.id}/retry")
    assert engine.query(InstanceDetail(stopped), SYSTEM).instance.state == "completed"
    assert "Nothing has stopped" in one.get("/incidents")


def test_alike_incidents_are_tried_again_together(reader, engine, stopped):
    definition = engine.query(InstanceDetail(stopped), SYSTEM).instance.definition_id
    other = engine.execute(StartProcess(definition_id=definition), SYSTEM)
    one = reader("otto")
    html = one.get("/operations")
    assert "2 instances" in html
    ids = [each.id for each in engine.query(IncidentList(), SYSTEM).rows]
    html = one.follow(one.post("/incidents/retry", incident=[*ids, "gone-1"]))
    assert "Tried 2 incidents again" in html
    assert engine.query(InstanceDetail(other), SYSTEM).instance.state == "running"


def test_an_operator_need_not_wait_for_a_timer_or_a_message(reader, engine, deploy, model):
    body = (
        '<startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="t"/>'
        '<intermediateCatchEvent id="t" name="A day later"><timerEventDefinition>'
        "<timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>"
        '<sequenceFlow id="b" sourceRef="t" targetRef="m"/>'
        '<intermediateCatchEvent id="m" name="Paid"><messageEventDefinition messageRef="paid"/>'
        "</intermediateCatchEvent>"
    )
    definition = deploy(model(body, more='<message id="paid" name="Money"/>'), "waits.bpmn")
    instance = engine.execute(StartProcess(definition_id=definition), SYSTEM)
    one = reader("otto")
    html = one.get(f"/instances/{instance}")
    assert "A day later" in html
    assert "Due in 1 day" in html
    (job,) = engine.query(JobList(instance_id=instance), SYSTEM).rows
    html = one.follow(one.post(f"/instances/{instance}/jobs/{job.id}/run"))
    assert "The message “Money”" in html
    (subscription,) = engine.query(SubscriptionList(instance_id=instance), SYSTEM).rows
    html = one.follow(one.post(f"/instances/{instance}/subscriptions/{subscription.id}/trigger"))
    assert "Completed" in html


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("documents_complete", "documents_<wbr>complete"),
        ("mailAddress", "mail<wbr>Address"),
        ("order.lines-2", "order.<wbr>lines-<wbr>2"),
        ("<b>", "&lt;b&gt;"),
        ("plain", "plain"),
    ],
)
def test_long_names_break_between_their_words(name: str, shown: str) -> None:
    assert str(breakable(name)) == shown
