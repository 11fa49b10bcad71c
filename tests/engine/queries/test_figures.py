"""How a process and the installation do: figures, waiting places, causes, jobs, workers, the past of an instance."""

from datetime import timedelta

import pytest
from bench import EVERYTHING, flows, person, process

from engine.commands import CancelInstance, CompleteUserTask, SetVariables, StartProcess
from engine.errors import NotFound
from engine.queries import (
    DatabaseState,
    IncidentCauses,
    IncidentList,
    InstanceList,
    InstancePast,
    JobFigures,
    ProcessFigures,
    TaskList,
    VariablePast,
    WaitingPlaces,
    Workers,
)
from engine.queries.instances import Holds

WORK = process(
    '<laneSet id="ls"><lane id="l" name="clerks"><flowNodeRef>t</flowNodeRef></lane></laneSet>'
    '<startEvent id="s"/><userTask id="t" name="Check it"/><scriptTask id="x" scriptFormat="python">'
    "<script>y = 1 / n</script></scriptTask><endEvent id='e'/>" + flows("s", "t", "x", "e")
)
ann, eve = person("ann", "clerks"), person("eve")
boss = person("boss", may=EVERYTHING)


@pytest.fixture
def four(bench):
    """Four instances: one completed after a minute, one cancelled, one stopped, one waiting; ann began the first."""
    bench.deploy(WORK)
    ids = [
        bench.do(StartProcess(key="p", variables={"n": n}, business_key=f"B{n}"), ann if n == 1 else boss)
        for n in (1, 2, 0, 3)
    ]
    bench.clock.advance(timedelta(minutes=1))
    for id in (ids[0], ids[2]):
        (task,) = bench.ask(TaskList(instance_id=id)).rows
        bench.do(CompleteUserTask(task.id))
    bench.do(CancelInstance(ids[1], "twice"))
    return ids


def test_figures_count_states_and_measure_what_was_completed(bench, four):
    figures = bench.ask(ProcessFigures("p"))
    assert (figures.running, figures.completed, figures.cancelled, figures.failed) == (2, 1, 1, 0)
    assert (figures.incidents, figures.measured) == (1, 1)
    assert figures.median == figures.p90 == timedelta(minutes=1)
    assert bench.ask(ProcessFigures("p", version=2)).running == 0


def test_figures_count_only_what_the_actor_may_see(bench, four):
    bench.clock.advance(timedelta(minutes=1))
    figures = bench.ask(ProcessFigures("p"), eve)
    assert (figures.running, figures.completed, figures.incidents, figures.median) == (0, 0, 0, None)
    assert bench.ask(IncidentCauses(), eve) == ()


def test_places_say_how_many_wait_since_when_and_how_many_stopped(bench, four):
    definition = bench.ask(InstanceList()).rows[0].definition_id
    places = {row.element_id: row for row in bench.ask(WaitingPlaces(definition))}
    assert places.keys() == {"t", "x"}
    assert (places["t"].count, places["t"].stopped, places["t"].since) == (
        1,
        0,
        bench.clock.now() - timedelta(minutes=1),
    )
    assert (places["x"].count, places["x"].stopped) == (1, 1)


def test_incidents_alike_are_one_cause(bench, four):
    (task,) = bench.ask(TaskList(instance_id=four[3])).rows
    bench.do(SetVariables(four[3], {"n": 0}))
    bench.do(CompleteUserTask(task.id))
    (cause,) = bench.ask(IncidentCauses())
    assert (cause.definition_key, cause.element_id, cause.count) == ("p", "x", 2)
    alike = IncidentList(definition_key="p", element_id="x", code=cause.code, reason=cause.reason)
    assert {row.instance_id for row in bench.ask(alike).rows} == {four[2], four[3]}
    assert bench.ask(IncidentList(reason="another")).rows == ()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"variable": Holds("n", 3)}, [3]),
        ({"variable": Holds("n", "3")}, []),
        ({"started_by": "ann"}, [0]),
        ({"waiting_at": "t"}, [3]),
        ({"waiting_at": "x", "state": "running"}, [2]),
        ({"version": 2}, []),
        ({"sort": "business_key"}, [2, 0, 1, 3]),
        ({"sort": "ended", "state": "cancelled"}, [1]),
    ],
)
def test_instances_are_found_by_what_they_are(bench, four, wanted, found):
    assert [four.index(row.id) for row in bench.ask(InstanceList(**wanted)).rows] == found


@pytest.mark.parametrize("sort", ["newest", "oldest", "ended", "business_key"])
def test_paging_in_every_order_neither_skips_nor_repeats(bench, four, sort):
    seen, after = [], None
    while True:
        page = bench.ask(InstanceList(sort=sort, limit=1, after=after))
        seen += [row.id for row in page.rows]
        after = page.next
        if after is None:
            break
    assert sorted(seen) == sorted(four[:2] if sort == "ended" else four)


def test_the_past_is_told_step_by_step(bench, four):
    past = bench.ask(InstancePast(four[0], 1))
    assert len(past.steps) == 2
    assert (past.tokens, past.state) == ({"t": 1}, "running")
    assert dict(past.variables) == {"n": 1}
    last = bench.ask(InstancePast(four[0]))
    assert (last.step.number, last.tokens, last.state) == (2, {}, "completed")
    assert last.walked["x"] == 1
    assert any(event.kind == "task-completed" for event in last.events)
    assert bench.ask(InstancePast(four[2])).stopped == {"x"}
    with pytest.raises(NotFound):
        bench.ask(InstancePast(four[1]), eve)


def test_a_variable_tells_what_it_held_before(bench, four):
    bench.do(SetVariables(four[3], {"n": 7}))
    assert [row.value for row in bench.ask(VariablePast(four[3], "n"))] == [7, 3]
    assert bench.ask(VariablePast(four[3], "m")) == ()


def test_jobs_are_late_when_nobody_takes_them(bench):
    bench.deploy(
        process(
            '<startEvent id="s"/><serviceTask id="w" camunda:type="external" camunda:topic="pay"/>' + flows("s", "w")
        )
    )
    bench.do(StartProcess(key="p"))
    (row,) = bench.ask(JobFigures())
    assert (row.kind, row.topic, row.total, row.due, row.late) == ("external", "pay", 1, 1, 0)
    bench.clock.advance(timedelta(minutes=2))
    (row,) = bench.ask(JobFigures())
    assert row.late == 1
    assert bench.ask(Workers()) == ()


def test_the_database_says_what_it_is(bench):
    state = bench.ask(DatabaseState())
    assert state.product in ("SQLite", "PostgreSQL")
    assert state.size > 0
    assert state.schema >= "0006"
