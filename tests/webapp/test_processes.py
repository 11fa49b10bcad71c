"""A process for its owner: how it does, where it waits, its pictures, suspending it, bindings, who does which lane."""

from __future__ import annotations

import re
from html import unescape

import pytest

from engine.commands import Bind, CompleteUserTask, StartProcess
from engine.identity import SYSTEM
from engine.queries import Bindings, DefinitionDetail, TaskList
from engine.services.binding import Binding


@pytest.fixture
def running(engine, deploy):
    definition = deploy()
    for number in range(3):
        engine.execute(StartProcess(definition_id=definition, business_key=f"B{number}"), SYSTEM)
    task = engine.query(TaskList(), SYSTEM).rows[0]
    engine.execute(CompleteUserTask(task.id, {"supplier": "ACME"}), SYSTEM)
    return definition


def test_numbers_lead_to_what_they_count(reader, running):
    one = reader("otto")
    html = one.get("/processes/p")
    assert "2 here" in html
    assert "waiting here" in html
    listed = one.get("/instances?process=p&version=1&at=ask&state=running")
    assert sum(f">B{number}</a>" in listed for number in range(3)) == 2


def test_who_does_not_operate_sees_no_numbers_of_others(reader, running):
    html = reader("max").get("/processes/p")
    assert "2 here" not in html
    assert "Suspend" not in html
    assert "Bind a step" not in html


@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_it_is_had_as_a_picture_though_nobody_drew_it(reader, running, suffix, start):
    response = reader("clara").client.get(f"/definitions/{running}/picture.{suffix}")
    assert response.status_code == 200
    assert start in response.data[:200]
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_suspended_version_is_not_started_until_it_may_again(reader, engine, running):
    one = reader("otto")
    one.get("/processes/p")
    html = one.follow(one.post("/processes/p/state", definition=running, state="suspended"))
    assert "Suspended" in html
    assert engine.query(DefinitionDetail(running), SYSTEM).state == "suspended"
    assert f"/start/{running}" not in html
    one.follow(one.post("/processes/p/state", definition=running, state="active"))
    assert engine.query(DefinitionDetail(running), SYSTEM).state == "active"
    assert one.post("/processes/p/state", definition=running, state="gone").status_code == 404


def test_only_who_may_changes_a_process(reader, engine, running):
    one = reader("clara")
    one.get("/processes/p")
    for path, fields in (
        ("state", {"definition": running, "state": "suspended"}),
        ("bindings", {"subject": "ask", "kind": "person", "target": "x"}),
        ("lanes", {"process": "p", "lane": "Clerk", "groups": "x"}),
    ):
        assert one.post(f"/processes/p/{path}", **fields).status_code == 404
    assert engine.query(Bindings("p"), SYSTEM) == {}


def test_bindings_and_lanes_are_set_and_taken_away(reader, engine, running):
    one = reader("mona")
    one.get("/processes/p")
    html = one.follow(one.post("/processes/p/bindings", subject="ask", kind="person", target="Buyers"))
    assert "Buyers" in html
    one.follow(one.post("/processes/p/lanes", process="p", lane="Manager", groups="Board"))
    assert set(engine.query(Bindings("p"), SYSTEM)) == {"ask", "lane:Manager"}
    one.follow(one.post("/processes/p/bindings", subject="ask", then="remove"))
    assert set(engine.query(Bindings("p"), SYSTEM)) == {"lane:Manager"}


def undo(reader, html: str) -> str:
    """Press the toast's Undo."""
    form = html.split('<div class="toast"', 1)[1].split("<form", 1)[1].split("</form>", 1)[0]
    fields = {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}
    return reader.follow(reader.post(re.search(r'action="([^"]+)"', form)[1], **fields))


def test_suspending_and_activating_are_undone_from_the_toast(reader, engine, running):
    one = reader("otto")
    one.get("/processes/p")
    html = one.follow(one.post("/processes/p/state", definition=running, state="suspended"))
    html = undo(one, html)
    assert engine.query(DefinitionDetail(running), SYSTEM).state == "active"
    undo(one, html)
    assert engine.query(DefinitionDetail(running), SYSTEM).state == "suspended"


def test_a_binding_comes_back_as_it_was_with_its_options(reader, engine, running):
    before = Binding("http", "https://example.org/a", {"retries": 5, "headers": {"X-A": "1"}})
    engine.execute(Bind("p", "ask", before), SYSTEM)
    one = reader("mona")
    one.get("/processes/p")
    undo(one, one.follow(one.post("/processes/p/bindings", subject="ask", kind="person", target="Buyers")))
    assert engine.query(Bindings("p"), SYSTEM) == {"ask": before}
    undo(one, one.follow(one.post("/processes/p/bindings", subject="ask", then="remove")))
    assert engine.query(Bindings("p"), SYSTEM) == {"ask": before}
    undo(one, one.follow(one.post("/processes/p/bindings", subject="approve", kind="person", target="Board")))
    assert engine.query(Bindings("p"), SYSTEM) == {"ask": before}


@pytest.mark.parametrize("options", ["[", "3", "[" * 5000, '["a"]'])
def test_options_that_are_none_are_refused(reader, running, options):
    one = reader("mona")
    one.get("/processes/p")
    fields = {"subject": "ask", "kind": "person", "target": "x", "options": options}
    assert one.post("/processes/p/bindings", **fields).status_code == 400
