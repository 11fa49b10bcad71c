"""Operations: incidents by cause, tried again in bulk; jobs that are late or have no tries left; the database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.commands import SetJobRetries, SetVariables, StartProcess
from engine.identity import SYSTEM
from engine.queries import IncidentList, InstanceList, JobList

TIMER = (
    '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/><intermediateCatchEvent id="t" name="A day">'
    "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>"
)
STOPS = (
    '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="x"/>'
    '<scriptTask id="x" name="Divide" scriptFormat="python"><script>y = 1 / n</script></scriptTask>'
)


@pytest.fixture
def stopped(engine, deploy, model):
    definition = deploy(model(STOPS), "stops.bpmn")
    return [engine.execute(StartProcess(definition_id=definition, variables={"n": 0}), SYSTEM) for _ in range(30)]


def test_what_is_alike_is_one_cause_with_its_number(reader, stopped):
    html = reader("otto").get("/operations")
    assert "30 instances" in html
    assert html.count('class="panel cause"') == 1


def test_many_are_tried_again_in_the_background_with_progress(reader, engine, app, stopped):
    for id in stopped:
        engine.execute(SetVariables(id, {"n": 2}), SYSTEM)
    (row, *_) = engine.query(IncidentList(limit=1), SYSTEM).rows
    one = reader("otto")
    one.get("/operations")
    response = one.post("/incidents/retry", process="p", element="x", code=row.code, reason=row.reason)
    address = response.headers["Location"]
    assert "0 of 30" in one.get(address)
    app.extensions["procession-batches"].run_waiting()
    assert "Done: 30 of 30" in one.get(address)
    assert engine.query(IncidentList(), SYSTEM).rows == ()
    assert len(engine.query(InstanceList(state="completed", limit=200), SYSTEM).rows) == 30


def test_nothing_marked_is_said_so(reader, stopped):
    one = reader("otto")
    one.get("/incidents")
    assert one.post("/incidents/retry").status_code == 400


def test_a_list_of_one_cause_is_an_address(reader, stopped):
    one = reader("otto")
    assert "Divide" in one.get("/incidents?process=p&element=x")
    assert "None of this cause is left" in one.get("/incidents?process=p&element=other")


def test_a_job_is_late_done_by_hand_and_given_new_tries(reader, engine, clock, deploy, model):
    engine.execute(StartProcess(definition_id=deploy(model(TIMER), "waits.bpmn"), business_key="W-1"), SYSTEM)
    assert "No such job" in reader("otto").get("/jobs?state=late")
    clock.advance(timedelta(days=1, minutes=2))
    one = reader("otto")
    html = one.get("/jobs?state=late")
    assert "A day" in html
    assert "W-1" in html
    (job,) = engine.query(JobList(), SYSTEM).rows
    engine.execute(SetJobRetries(job.id, 0), SYSTEM)
    assert "None left" in one.get("/jobs?state=exhausted")
    one.follow(one.post(f"/jobs/{job.id}/retries"))
    one.follow(one.post(f"/jobs/{job.id}/run"))
    assert engine.query(JobList(), SYSTEM).rows == ()


@pytest.mark.parametrize("path", ["/operations", "/incidents", "/jobs"])
def test_it_is_there_for_operators_only(reader, path):
    assert reader("clara").status(path) == 404
    assert reader("otto").status(path) == 200


def test_the_database_says_what_it_is(reader):
    assert "SQLite" in reader("otto").get("/operations")
