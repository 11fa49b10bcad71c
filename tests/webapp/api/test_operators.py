"""What operators' tools read: is it up, can it work, how much is there of what, and what was asked."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

from engine.commands import StartProcess
from engine.identity import SYSTEM
from webapp.logs import JsonLines


def test_it_says_that_it_is_up_and_ready_to_anybody(app):
    client = app.test_client()
    assert client.get("/health").get_data(as_text=True) == "ok\n"
    assert client.get("/ready").get_data(as_text=True) == "ready\n"


def test_without_its_database_it_is_up_and_not_ready(app, engine):
    with engine.database.writing() as connection:
        connection.exec_driver_sql("UPDATE procession_version SET version_num = '0001'")
        connection.commit()
    client = app.test_client()
    assert client.get("/ready").status_code == 503
    assert client.get("/health").status_code == 200


def test_numbers_are_for_operators(app, program, engine, deploy, model, clock):
    deploy()
    timer = (
        '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="c"/><intermediateCatchEvent id="c">'
        "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    )
    deploy(model(timer, id="waits"), "waits.bpmn")
    engine.execute(StartProcess("p"), SYSTEM)
    engine.execute(StartProcess("waits"), SYSTEM)
    clock.advance(timedelta(hours=2))
    headers = program("otto", ("operate",)).headers
    text = app.test_client().get("/metrics", headers=headers).get_data(as_text=True)
    for line in (
        'procession_instances{state="running"} 2.0',
        "procession_tasks_open 1.0",
        "procession_incidents_open 0.0",
        'procession_jobs_due{kind="timer"} 1.0',
        'procession_jobs_late{kind="timer"} 1.0',
        'procession_command_seconds_count{command="StartProcess"} 2.0',
    ):
        assert line in text.splitlines(), line
    assert app.test_client().get("/metrics", headers=program("clara").headers).status_code == 403


def test_the_log_has_each_request_under_the_reference_that_was_told(program, caplog):
    with caplog.at_level(logging.INFO, "procession.requests"):
        program("clara").get("/tasks?search=private")
        response = program("clara").get("/instances/none")
    assert "private" not in caplog.text
    reference = response.headers["X-Request-Id"]
    assert response.get_json()["instance"].endswith(reference)
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert line["reference"] == reference
    assert (line["status"], line["user"], line["path"]) == (404, "clara", "/api/v1/instances/none")
