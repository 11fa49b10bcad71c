"""What is done with a task besides doing it: talk, dates, assignment, drafts, several at once, the palette."""

from __future__ import annotations

import io
import re

import pytest

from engine.commands import AddComment, AssignUserTask, CancelInstance, Deploy, StartProcess
from engine.identity import SYSTEM, Actor
from engine.queries import DraftOf, TaskDetail, TaskList, TaskTalk

CLARA = Actor("clara", frozenset({"Clerk"}), frozenset({"read", "work", "start"}))


@pytest.fixture
def tasks(engine, deploy):
    """Ids of open tasks of so many purchases."""

    def make(count=1, definition=None):
        definition = definition or deploy()
        for number in range(count):
            engine.execute(StartProcess(definition_id=definition, business_key=f"P-{number}"), SYSTEM)
        return [row.id for row in engine.query(TaskList(sort="oldest", limit=200), SYSTEM).rows]

    return make


def row(engine, id):
    return engine.query(TaskDetail(id), SYSTEM).task


def test_a_task_is_claimed_and_the_toast_undoes_it(reader, engine, tasks):
    (id,) = tasks()
    one = reader("clara")
    one.get(f"/tasks/{id}")
    page = one.follow(one.post(f"/tasks/{id}/claim"))
    assert row(engine, id).assignee == "clara"
    assert re.search(rf'action="/tasks/{id}/unclaim".*Undo', page, re.S)
    one.follow(one.post(f"/tasks/{id}/unclaim"))
    assert row(engine, id).assignee is None


def test_who_comes_second_is_told_who_has_it(reader, engine, tasks):
    (id,) = tasks()
    one = reader("carl")
    one.get(f"/tasks/{id}")
    engine.execute(AssignUserTask(id, "clara"), SYSTEM)
    page = one.follow(one.post(f"/tasks/{id}/claim"))
    assert "clara has taken this task" in page


def test_whose_it_is_gives_it_away_dates_it_and_ranks_it(reader, engine, tasks):
    (id,) = tasks()
    one = reader("clara")
    one.get(f"/tasks/{id}")
    one.follow(one.post(f"/tasks/{id}/claim"))
    one.follow(one.post(f"/tasks/{id}/dates", due="2030-03-01", follow_up="2030-02-01"))
    one.follow(one.post(f"/tasks/{id}/priority", priority="75"))
    now = row(engine, id)
    assert (now.due_at.date().isoformat(), now.follow_up_at.date().isoformat(), now.priority) == (
        "2030-03-01",
        "2030-02-01",
        75,
    )
    assert one.post(f"/tasks/{id}/assign", assignee="nobody at all").status_code == 400
    one.follow(one.post(f"/tasks/{id}/assign", assignee="Carl"))
    assert row(engine, id).assignee == "carl"


@pytest.mark.parametrize(("path", "fields"), [("dates", {"due": "soon"}), ("priority", {"priority": "101"})])
def test_what_makes_no_sense_is_refused(reader, engine, tasks, path, fields):
    (id,) = tasks()
    one = reader("otto")
    one.get(f"/tasks/{id}")
    assert one.post(f"/tasks/{id}/{path}", **fields).status_code == 400


def test_several_tasks_have_a_result_each(reader, engine, tasks):
    ids = tasks(3)
    engine.execute(AssignUserTask(ids[1], "carl"), SYSTEM)
    one = reader("clara")
    one.get("/tasks")
    response = one.post("/tasks/bulk", act="claim", task=[*ids, "gone-7"])
    page = response.get_data(as_text=True)
    assert "2 of 4 done" in page
    assert [row(engine, id).assignee for id in ids] == ["clara", "carl", "clara"]
    one.follow(one.post("/tasks/bulk", act="priority", priority="100", task=[ids[0], ids[2]]))
    assert [row(engine, id).priority for id in ids] == [100, 50, 100]
    assert "Choose tasks first" in one.follow(one.post("/tasks/bulk", act="claim"))


def test_comments_are_text_and_name_people(reader, engine, tasks):
    (id,) = tasks()
    one = reader("clara")
    one.get(f"/tasks/{id}")
    page = one.follow(one.post(f"/tasks/{id}/comments", text="<b>Look</b> @max, please"))
    assert '&lt;b&gt;Look&lt;/b&gt; <span class="mention">@max</span>, please' in page
    other = reader("max")
    assert "Asked about" in other.get("/tasks")
    assert "You can see this task but not do it" in other.get(f"/tasks/{id}")


def test_a_file_is_sent_back_to_be_kept_and_never_shown(reader, engine, tasks):
    (id,) = tasks()
    one = reader("clara")
    one.get(f"/tasks/{id}")
    name = 'a"\r\nb<script>.html'
    one.follow(one.post(f"/tasks/{id}/attachments", file=(io.BytesIO(b"<script>alert(1)</script>"), name)))
    (file,) = engine.query(TaskTalk(id), CLARA).attachments
    answer = one.client.get(f"/attachments/{file.id}")
    assert answer.data == b"<script>alert(1)</script>"
    assert answer.content_type.startswith("text/plain")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert reader("max").status(f"/attachments/{file.id}") == 404


def test_a_draft_is_there_on_another_machine_until_it_is_sent(reader, engine, tasks):
    (id,) = tasks()
    one = reader("clara")
    one.get(f"/tasks/{id}")
    assert one.post(f"/drafts/{id}", **{"field.supplier": "Half a wo"}).status_code == 204
    other = reader("clara")
    assert 'value="Half a wo"' in other.get(f"/tasks/{id}")
    assert "Half a wo" not in reader("carl").get(f"/tasks/{id}")
    other.follow(other.post(f"/tasks/{id}/complete", **{"field.supplier": "ACME", "field.amount": "1"}))
    assert engine.query(DraftOf(id), CLARA) is None


def test_a_draft_is_thrown_away_when_its_writer_says_so(reader, engine, tasks):
    (id,) = tasks()
    one = reader("clara")
    one.get(f"/tasks/{id}")
    one.post(f"/drafts/{id}", **{"field.supplier": "No"})
    one.follow(one.post(f"/drafts/{id}/drop"))
    assert engine.query(DraftOf(id), CLARA) is None


def test_a_list_is_kept_under_a_name(reader, tasks):
    tasks()
    one = reader("clara")
    one.get("/tasks?q=chair&sort=due")
    page = one.follow(one.post("/tasks/lists?q=chair&sort=due", name="Chairs <3", group="Clerk"))
    assert "Chairs &lt;3" in page
    assert "/tasks?q=chair&amp;sort=due" in page
    assert "Chairs &lt;3" in reader("carl").get("/tasks")
    assert "Chairs &lt;3" not in reader("max").get("/tasks")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("due=late", 0),
        ("due=week", 0),
        ("group=Clerk", 2),
        ("group=Other", 0),
        ("variable=supplier=ACME", 1),
        ("q=acme", 1),
    ],
)
def test_lists_are_reached_by_their_address(reader, engine, deploy, address, shown):
    definition = deploy()
    engine.execute(StartProcess(definition_id=definition, variables={"supplier": "ACME"}), SYSTEM)
    engine.execute(StartProcess(definition_id=definition, variables={"supplier": "Other"}), SYSTEM)
    assert reader("clara").get(f"/tasks?{address}").count('class="mail-item"') == shown


def test_the_palette_finds_what_the_reader_may_see(reader, tasks):
    tasks(2)
    one = reader("clara")
    found = one.get("/find?q=P-1")
    assert "Ask for it" in found
    assert "P-0" not in found
    assert "Start Purchase" in one.get("/find?q=purch")
    assert "P-1" not in reader("max").get("/find?q=P-1").replace("“P-1”", "")


def test_the_start_page_shows_first_what_was_started_last(reader, engine, deploy, model):
    task = '<startEvent id="s"/><userTask id="t"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>'
    deploy(model(task, id="a", name="Alpha"), "a.bpmn")
    zulu = deploy(model(task, id="z", name="Zulu"), "z.bpmn")
    one = reader("clara")
    page = one.get("/start")
    assert page.index("Alpha") < page.index("Zulu")
    engine.execute(StartProcess(definition_id=zulu), CLARA)
    page = one.get("/start")
    assert page.index("Zulu") < page.index("Alpha")
    assert "You started it" in page


FORM_JS = b"""{"id": "cost", "type": "default", "components": [
  {"key": "cost", "label": "Cost", "type": "number", "validate": {"required": true, "max": 500}},
  {"key": "paid_on", "label": "Paid on", "type": "datetime", "subtype": "date"}]}"""


def test_a_form_js_form_is_checked_again_by_the_server(reader, engine, model):
    body = (
        '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>'
        '<userTask id="t" camunda:formRef="cost" camunda:formRefBinding="latest" camunda:candidateGroups="Clerk"/>'
        '<sequenceFlow id="g" sourceRef="t" targetRef="n"/><userTask id="n" camunda:candidateGroups="Clerk"/>'
    )
    engine.execute(Deploy({"p.bpmn": model(body), "cost.form": FORM_JS}), SYSTEM)
    engine.execute(StartProcess(key="p"), SYSTEM)
    (task,) = engine.query(TaskList(), CLARA).rows
    one = reader("clara")
    assert "data-form-js" in one.get(f"/tasks/{task.id}")
    for sent, says in (('{"cost": 501}', "at most 500"), ("{}", "This is needed"), ("[1]", "did not arrive whole")):
        answer = one.post(f"/tasks/{task.id}/complete", document=sent)
        assert answer.status_code == 422
        assert says in answer.get_data(as_text=True)
    one.follow(one.post(f"/tasks/{task.id}/complete", document='{"cost": 12, "paid_on": "2026-03-01", "evil": 1}'))
    (next_task,) = engine.query(TaskList(), CLARA).rows
    seen = engine.query(TaskDetail(next_task.id), CLARA).variables
    assert seen["cost"] == 12
    assert seen["paid_on"].isoformat() == "2026-03-01"
    assert "evil" not in seen


def test_the_address_of_a_done_task_tells_who_did_it_when_and_with_what(reader, engine, deploy):
    instance = engine.execute(StartProcess(definition_id=deploy()), SYSTEM)
    (task,) = engine.query(TaskList(view="all", instance_id=instance), SYSTEM).rows
    clerk = reader("clara")
    clerk.get(f"/tasks/{task.id}")
    clerk.post(f"/tasks/{task.id}/complete", **{"field.supplier": "ACME", "field.amount": "12"})
    html = clerk.get(f"/tasks/{task.id}")
    for text in ("Ask for it", "Clara did this task", "ACME", "Purchase"):
        assert text in html
    assert "See the whole case" not in html, "her part of the case is over"
    assert "Clara did this task" in reader("carl").get(f"/tasks/{task.id}"), "it was offered to his group"
    assert "See the whole case" in reader("otto").get(f"/tasks/{task.id}")
    assert reader("mona").status(f"/tasks/{task.id}") == 404
    assert reader("max").status(f"/tasks/{task.id}x") == 404


def test_a_task_that_its_process_took_back_says_so(reader, engine, deploy):
    instance = engine.execute(StartProcess(definition_id=deploy()), SYSTEM)
    (task,) = engine.query(TaskList(view="all", instance_id=instance), SYSTEM).rows
    engine.execute(CancelInstance(instance), SYSTEM)
    html = reader("clara").get(f"/tasks/{task.id}")
    assert "Taken back" in html
    assert "The process ended this task" in html


def test_who_is_mentioned_is_told_until_they_have_read_it(reader, engine, tasks):
    (id,) = tasks()
    clara, max_ = reader("clara"), reader("max")
    assert "News: nothing unread" in max_.get("/tasks")
    clara.get(f"/tasks/{id}")
    html = clara.follow(clara.post(f"/tasks/{id}/comments", text="@max and @carl, is this right? @ghost"))
    assert "Told: max, carl." in html
    assert "Not theirs to see until now, from now on it is: max." in html
    assert "Nobody here is called ghost." in html
    for address in ("/start", "/processes", "/instances"):
        assert "News: 1 unread" in max_.get(address)
    news = max_.get("/notices")
    for text in ("is this right?", "Ask for it", "P-0", "Clara", "New</span>"):
        assert text in news
    assert "News: nothing unread" in max_.get(f"/tasks/{id}"), "whoever looks at the task has read it"
    assert "New</span>" not in max_.get("/notices")
    assert "News: 1 unread" in reader("carl").get("/tasks"), "each has marks of their own"
    assert "Nobody mentioned you yet" in reader("mona").get("/notices")


def test_all_is_marked_as_read_at_once(reader, engine, tasks):
    for id in tasks(2):
        engine.execute(AddComment(id, "@carl look"), CLARA)
    carl = reader("carl")
    assert "News: 2 unread" in carl.get("/notices")
    assert "News: nothing unread" in carl.follow(carl.post("/notices/read"))


def test_news_shows_ones_own_long_work(reader, engine, app, tasks):
    ids = tasks(26)
    clara = reader("clara")
    clara.get("/tasks")
    clara.post("/tasks/bulk", act="claim", task=ids)
    assert "At work" in clara.get("/notices")
    app.extensions["procession-batches"].run_waiting()
    assert "Claiming 26 tasks" in clara.get("/notices")
    assert "At work" not in clara.page
    assert "Claiming 26 tasks" not in reader("carl").get("/notices")
