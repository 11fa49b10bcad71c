"""Long work and uploads outlive the server that took them: another goes on, and shows how far it is."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from engine.commands import CancelInstance, SetUser, StartProcess
from engine.commands.batches import DoItem, NoLongerOurs, SweepAside, TakeBatch
from engine.errors import NotFound
from engine.identity import SYSTEM, Actor
from engine.processengine import ProcessEngine
from engine.queries import TaskList
from engine.queries.batches import BatchItems, BatchProgress, UploadOf
from webapp.app import create_app

WORKER = Actor("clara", frozenset({"Clerk"}), frozenset({"read", "start", "work"}))


@pytest.fixture
def many(engine, deploy, model):
    """Thirty tasks of Clara's group; the ids."""
    body = (
        '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>'
        '<userTask id="t" name="Read it" camunda:candidateGroups="Clerk"/>'
    )
    definition = deploy(model(body), "read.bpmn")
    for number in range(30):
        engine.execute(StartProcess(definition_id=definition, business_key=f"Case {number}"), SYSTEM)
    return [row.id for row in engine.query(TaskList(view="all", limit=100), SYSTEM).rows]


@pytest.fixture
def long_work(app):
    return app.extensions["procession-batches"]


def begin(one, ids, act="complete", **fields):
    one.get("/tasks")
    response = one.post("/tasks/bulk", act=act, task=ids, **fields)
    assert response.status_code == 303
    return response.headers["Location"]


def test_many_tasks_are_completed_in_the_background_each_with_its_result(reader, engine, many, long_work):
    one = reader("clara")
    address = begin(one, many)
    gone = engine.query(TaskList(view="all", limit=1), SYSTEM).rows[0].instance_id
    engine.execute(CancelInstance(gone), SYSTEM)
    assert "0 of 30. You may leave this page" in one.get(address)
    long_work.run_waiting()
    html = one.get(address)
    assert "Done: 29 of 30, 1 refused" in html
    assert html.count("Read it · Case") == 30
    assert engine.query(TaskList(view="all"), SYSTEM).rows == ()


def test_another_server_goes_on_where_one_was_killed(reader, engine, clock, many, tmp_path):
    one = reader("clara")
    address = begin(one, many)
    id = address.rsplit("/", 1)[1]
    batch, left = engine.execute(TakeBatch("first"), SYSTEM)
    complete = create_app(engine).extensions["procession-batches"].acts[batch.act].do
    for item in left[:10]:
        engine.execute(DoItem(item, "first", complete(engine, WORKER, item.thing)), WORKER)
    other = ProcessEngine(f"sqlite:///{tmp_path / 'portal.db'}", clock=clock)
    there = create_app(other).extensions["procession-batches"]
    assert there.run_waiting() == 0, "the first may still be alive"
    assert "10 of 30" in one.get(address)
    clock.advance(timedelta(minutes=2))
    assert there.run_waiting() == 1
    progress = engine.query(BatchProgress(id), WORKER)
    assert (progress.done, progress.refused, progress.finished) == (30, 0, True)
    other.close()


def test_who_has_lost_the_lease_changes_nothing(engine, clock, many, long_work):
    id = long_work.begin(WORKER, "tasks-claim", [("a", {"task": many[0]})], "/tasks")
    batch, (item,) = engine.execute(TakeBatch("slow"), SYSTEM)
    clock.advance(timedelta(minutes=2))
    assert long_work.run_waiting() == 1
    sentence = long_work.acts["tasks-complete"].do(engine, WORKER, item.thing)
    with pytest.raises(NoLongerOurs):
        engine.execute(DoItem(item, "slow", sentence), WORKER)
    assert len(engine.query(TaskList(view="all", limit=100), SYSTEM).rows) == 30
    assert batch.id == id


def test_a_task_that_asks_for_something_is_not_completed_unseen(reader, engine, deploy, long_work):
    definition = deploy()
    for _ in range(26):
        engine.execute(StartProcess(definition_id=definition), SYSTEM)
    ids = [row.id for row in engine.query(TaskList(view="all", limit=100), SYSTEM).rows]
    one = reader("otto")
    address = begin(one, ids)
    long_work.run_waiting()
    html = one.get(address)
    assert "26 refused" in html
    assert "fill in its form" in html


def test_it_is_done_with_what_its_person_may_now(reader, engine, many, long_work):
    one = reader("clara")
    address = begin(one, many, act="claim")
    engine.execute(SetUser("clara", active=False), SYSTEM)
    long_work.run_waiting()
    items = engine.query(BatchItems(address.rsplit("/", 1)[1]), WORKER)
    assert {item.state for item in items} == {"refused"}


def test_an_upload_is_found_by_another_server_and_goes_after_a_day(reader, engine, clock, purchase, tmp_path):
    one = reader("mona")
    one.get("/import")
    address = one.post("/import", file=[(io.BytesIO(purchase), "a.bpmn")]).headers["Location"]
    other = ProcessEngine(f"sqlite:///{tmp_path / 'portal.db'}", clock=clock)
    there = type(one)(create_app(other).test_client())
    there.sign_in("mona")
    assert "Ask for it" in there.get(address)
    clock.advance(timedelta(days=1, seconds=1))
    engine.execute(SweepAside(), SYSTEM)
    with pytest.raises(NotFound):
        engine.query(UploadOf(address.rsplit("/", 1)[1]), Actor("mona", permissions=frozenset({"deploy"})))
    other.close()
