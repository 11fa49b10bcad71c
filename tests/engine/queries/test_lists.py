"""Lists: what each actor sees, filters, sorting, and paging that neither skips nor repeats."""

from datetime import timedelta

import pytest
from bench import EVERYTHING, flows, person, process
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands import CompleteUserTask, SetUserTaskDates, SetUserTaskPriority
from engine.errors import Forbidden, Invalid, NotFound
from engine.persistence import tables
from engine.queries import (
    DefinitionDetail,
    History,
    IncidentList,
    InstanceDetail,
    InstanceList,
    JobList,
    PathWalked,
    TaskCounts,
    TaskList,
    TokenCounts,
)
from engine.queries.page import Key, _decode, _encode

WORK = process(
    '<laneSet id="ls"><lane id="l" name="clerks"><flowNodeRef>t</flowNodeRef></lane></laneSet>'
    '<startEvent id="s"/><userTask id="t" name="Check it"/><scriptTask id="x" scriptFormat="python">'
    "<script>y = 1 / n</script></scriptTask><endEvent id='e'/>" + flows("s", "t", "x", "e")
)
ann, eve = person("ann", "clerks"), person("eve")
boss = person("boss", may=EVERYTHING)


@pytest.fixture
def seven(bench):
    """Seven instances, a minute apart, with a task each; ann started the even ones."""
    bench.deploy(WORK)
    ids = []
    for number in range(7):
        actor = ann if number % 2 == 0 else boss
        from engine.commands import StartProcess

        ids.append(bench.do(StartProcess(key="p", variables={"n": number}, business_key=f"B{number}"), actor))
        bench.clock.advance(timedelta(minutes=1))
    return ids


def pages(bench, query, actor, **options):
    """All rows, page by page."""
    rows, after = [], None
    while True:
        page = bench.ask(query(after=after, **options), actor)
        assert len(page.rows) <= options["limit"]
        rows += page.rows
        after = page.next
        if after is None:
            return rows


@pytest.mark.parametrize("sort", ["created", "due", "priority", "name"])
@pytest.mark.parametrize("limit", [1, 3, 7, 50])
def test_pages_neither_skip_nor_repeat(bench, seven, sort, limit):
    rows = bench.tasks(boss)
    for number, row in enumerate(rows[:3]):
        bench.do(SetUserTaskPriority(row.id, number * 10), boss)
        bench.do(SetUserTaskDates(row.id, bench.clock.now() + timedelta(days=number), None), boss)
    found = pages(bench, TaskList, boss, sort=sort, limit=limit)
    assert sorted(row.id for row in found) == sorted(row.id for row in rows)
    assert [row.id for row in found] == [row.id for row in pages(bench, TaskList, boss, sort=sort, limit=100)]


def test_sorted(bench, seven):
    newest = bench.tasks(boss)
    assert [row.business_key for row in newest] == [f"B{number}" for number in (6, 5, 4, 3, 2, 1, 0)]
    bench.do(SetUserTaskDates(newest[3].id, bench.clock.now(), None), boss)
    assert bench.tasks(boss, sort="due")[0].id == newest[3].id
    bench.do(SetUserTaskPriority(newest[5].id, 99), boss)
    assert bench.tasks(boss, sort="priority")[0].id == newest[5].id
    bench.clock.advance(timedelta(seconds=1))
    assert bench.ask(TaskCounts(), boss).overdue == 1


def test_filters(bench, seven):
    assert [row.business_key for row in bench.tasks(boss, search="b3")] == ["B3"]
    assert len(bench.tasks(boss, search="CHECK")) == 7
    assert bench.tasks(boss, search="100%") == []
    assert len(bench.tasks(boss, instance_id=seven[2])) == 1
    assert [row.id for row in bench.ask(InstanceList(business_key="B4")).rows] == [seven[4]]
    assert bench.ask(InstanceList(state="completed")).rows == ()
    assert [row.id for row in bench.ask(InstanceList(search=seven[1])).rows] == [seven[1]]


def test_who_sees_which_instances(bench, seven):
    assert len(bench.ask(InstanceList(), boss).rows) == 7
    assert len(bench.ask(InstanceList(), ann).rows) == 7
    assert bench.ask(InstanceList(), eve).rows == ()
    for row in bench.tasks(boss):
        bench.do(CompleteUserTask(row.id), boss)
    assert len(bench.ask(InstanceList(), ann).rows) == 4
    with pytest.raises(NotFound):
        bench.ask(InstanceDetail(seven[1]), ann)
    with pytest.raises(NotFound):
        bench.ask(History(seven[1]), ann)
    with pytest.raises(Forbidden):
        bench.ask(JobList(), ann)


def test_an_incident_is_seen_where_it_happened(bench, seven):
    for row in bench.tasks(boss):
        bench.do(CompleteUserTask(row.id), boss)
    (incident,) = bench.ask(IncidentList(), boss).rows
    assert (incident.element_id, incident.instance_id, incident.business_key) == ("x", seven[0], "B0")
    assert incident.expression
    assert [row.id for row in bench.ask(InstanceList(with_incident=True)).rows] == [seven[0]]
    row = bench.ask(DefinitionDetail(key="p"))
    assert (row.running, row.incidents) == (1, 1)
    (count,) = [each for each in bench.ask(TokenCounts(row.id)) if each.element_id == "x"]
    assert count.count == 1


def test_the_path_is_walked_and_told(bench, seven):
    task = bench.tasks(boss, instance_id=seven[1])[0]
    bench.do(CompleteUserTask(task.id), boss)
    walked = {row.element_id: row.count for row in bench.ask(PathWalked(seven[1]))}
    assert {"s", "t", "x", "e", "s-t", "t-x", "x-e"} <= set(walked)
    view = bench.ask(InstanceDetail(seven[1]))
    assert (view.instance.state, view.tokens, view.scopes[0].variables) == ("completed", (), {"n": 1, "y": 1})
    numbers = [row.number for row in pages(bench, lambda **o: History(seven[1], **o), boss, limit=3)]
    assert numbers == sorted(numbers)
    assert numbers[0] == 1
    newest = bench.ask(History(seven[1], newest_first=True, kinds=("instance-ended",))).rows
    assert newest[0].data["state"] == "completed"


@pytest.mark.parametrize("mark", ["", "x", "AAAA", "WzFd", "WyIyMDIwIiwgIngiXQ"])
def test_a_page_that_does_not_exist(bench, seven, mark):
    with pytest.raises(Invalid, match="page"):
        bench.tasks(boss, after=mark)


@pytest.mark.parametrize("text", ["\0", "\ud800"])
def test_a_mark_with_what_no_row_has_is_refused(bench, seven, text):
    with pytest.raises(Invalid, match="page"):
        bench.tasks(boss, after=_encode([bench.clock.now(), text]))
    with pytest.raises(Invalid, match="page"):
        bench.ask(History(seven[1], after=_encode([2**63])), boss)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_mark_is_read_or_refused(mark):
    keys = (Key(tables.user_task.c.created_at), Key(tables.user_task.c.id))
    with pytest.raises(Invalid):
        _decode(mark, keys)
