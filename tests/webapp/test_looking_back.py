"""An instance's past step by step, its variables' earlier values, changing one, and taking it elsewhere."""

from __future__ import annotations

import io
import shutil
from datetime import timedelta

import pytest

from engine.commands import CompleteUserTask, SetVariables, StartProcess
from engine.identity import SYSTEM, Actor
from engine.processengine import ProcessEngine
from engine.queries import InstanceDetail, TaskList
from webapp.app import create_app

CLARA = Actor("clara", frozenset({"Clerk"}), frozenset({"read", "work", "start"}))


@pytest.fixture
def running(engine, deploy, clock):
    instance = engine.execute(StartProcess(definition_id=deploy(), business_key="Chairs"), CLARA)
    (task,) = engine.query(TaskList(instance_id=instance), CLARA).rows
    clock.advance(timedelta(minutes=5))
    engine.execute(CompleteUserTask(task.id, {"supplier": "ACME", "amount": 1200}), CLARA)
    return instance


def holds(engine, instance):
    return engine.query(InstanceDetail(instance), SYSTEM).scopes[0].variables


def test_the_tokens_are_shown_as_they_were(reader, running):
    one = reader("clara")
    first = one.get(f"/instances/{running}/past?step=1")
    assert "Step 1 of " in first
    assert "Ask for it <span" in first
    assert "ACME" not in first
    last = one.get(f"/instances/{running}/past?part=step")
    assert last.lstrip().startswith("<div")
    assert "Approve it <span" in last
    assert "ACME" in last


def test_the_past_of_others_is_not_there(reader, running):
    assert reader("carl").status(f"/instances/{running}/past") == 404
    assert reader("carl").status(f"/instances/{running}/variable?name=amount") == 404


def test_a_variable_is_changed_as_what_it_is(reader, engine, running):
    one = reader("otto")
    for kind, text, value in (
        ("number", "7", 7),
        ("number", "7.5", 7.5),
        ("text", "7", "7"),
        ("truth", "yes", True),
        ("structure", '{"a": [1]}', {"a": [1]}),
        ("nothing", "", None),
    ):
        one.get(f"/instances/{running}/variable?name=amount")
        scope, mark = one.hidden("scope"), one.hidden("mark")
        fields = {"name": "amount", "scope": scope, "mark": mark, "kind": kind, "value": text}
        assert one.post(f"/instances/{running}/variables", **fields).status_code == 303
        assert holds(engine, running)["amount"] == value
        assert type(holds(engine, running)["amount"]) is type(value)
    assert one.get(f"/instances/{running}/variable?name=amount").count("<li class=") == 7


def test_what_somebody_else_changed_meanwhile_is_not_written_over(reader, engine, running):
    one = reader("otto")
    one.get(f"/instances/{running}/variable?name=amount")
    scope, mark = one.hidden("scope"), one.hidden("mark")
    engine.execute(SetVariables(running, {"amount": 5}), SYSTEM)
    fields = {"name": "amount", "scope": scope, "mark": mark, "kind": "number", "value": "9"}
    assert one.post(f"/instances/{running}/variables", **fields).status_code == 409
    assert holds(engine, running)["amount"] == 5


def test_what_is_no_value_of_that_kind_is_refused(reader, engine, running):
    one = reader("otto")
    one.get(f"/instances/{running}/variable?name=amount")
    fields = {"name": "amount", "scope": one.hidden("scope"), "mark": one.hidden("mark"), "kind": "number"}
    assert one.post(f"/instances/{running}/variables", value="much", **fields).status_code == 400
    assert holds(engine, running)["amount"] == 1200


def test_an_instance_goes_to_another_installation_and_on_there(reader, running, peopled, tmp_path, clock):
    one = reader("otto")
    one.get(f"/instances/{running}")
    document = one.post(f"/instances/{running}/export")
    assert document.headers["Content-Disposition"].startswith("attachment")
    shutil.copy(peopled, tmp_path / "other.db")
    other = ProcessEngine(f"sqlite:///{tmp_path / 'other.db'}", clock=clock)
    there = type(one)(create_app(other).test_client())
    there.sign_in("otto")
    there.get("/instances/take-in")
    html = there.follow(there.post("/instances/take-in", file=(io.BytesIO(document.data), "x.json")))
    assert "Chairs" in html
    assert "Approve it" in html
    assert there.post("/instances/take-in", file=(io.BytesIO(document.data), "x.json")).status_code == 409
    other.close()


def test_only_an_administrator_takes_in_and_only_a_document(reader):
    one = reader("otto")
    one.get("/instances/take-in")
    assert one.post("/instances/take-in", file=(io.BytesIO(b"{}"), "x.json")).status_code == 400
    assert one.post("/instances/take-in").status_code == 422
    assert reader("mona").status("/instances/take-in") == 404
