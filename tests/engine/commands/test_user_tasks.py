"""People and their tasks: who sees, takes, gives back, does them, and what happens when two are at it at once."""

import threading
from datetime import UTC, datetime

import pytest
from bench import flows, model, person, process

from engine.commands import (
    AddCandidate,
    AssignUserTask,
    ClaimUserTask,
    CompleteUserTask,
    DelegateUserTask,
    RemoveCandidate,
    ResolveUserTask,
    SetOwner,
    SetUserTaskDates,
    SetUserTaskPriority,
    ThrowErrorFromTask,
    ThrowEscalationFromTask,
    UnclaimUserTask,
)
from engine.errors import Conflict, Forbidden, Invalid, NotFound
from engine.queries import History, TaskCounts, TaskDetail

ONE_TASK = '<startEvent id="s"/><userTask id="t" name="Check"/><endEvent id="e"/>' + flows("s", "t", "e")
IN_LANES = '<laneSet id="ls"><lane id="l1" name="clerks"><flowNodeRef>t</flowNodeRef></lane></laneSet>' + ONE_TASK

ann, bob, eve = person("ann", "clerks"), person("bob", "clerks"), person("eve", "others")
boss = person("boss", may=frozenset({"read", "work", "operate"}))


@pytest.fixture
def task(bench):
    """A task that is offered to the clerks."""
    bench.deploy(process(IN_LANES))
    bench.start(business_key="B-7", variables={"amount": 3})
    return bench.tasks()[0]


def test_a_task_without_a_lane_is_everybodys(bench):
    bench.deploy(process(ONE_TASK))
    instance = bench.start()
    (task,) = bench.tasks(eve, view="candidate")
    assert (task.name, task.lane, task.candidate_groups) == ("Check", None, ())
    bench.do(CompleteUserTask(task.id, {"ok": True}), eve)
    assert bench.state(instance) == "completed"
    assert bench.variables(instance) == {"ok": True}


def test_only_the_lanes_people_see_it(bench, task):
    assert [row.id for row in bench.tasks(ann)] == [task.id]
    assert bench.tasks(eve) == []
    assert bench.ask(TaskCounts(), ann).candidate == 1
    with pytest.raises(NotFound):
        bench.ask(TaskDetail(task.id), eve)
    for command in (ClaimUserTask(task.id), CompleteUserTask(task.id), AssignUserTask(task.id, "eve")):
        with pytest.raises(NotFound):
            bench.do(command, eve)


def test_claimed_it_is_nobody_elses(bench, task):
    bench.do(ClaimUserTask(task.id), ann)
    bench.do(ClaimUserTask(task.id), ann)
    assert [row.assignee for row in bench.tasks(ann, view="mine")] == ["ann"]
    assert bench.tasks(bob) == []
    with pytest.raises(Conflict, match="ann has taken"):
        bench.do(ClaimUserTask(task.id), bob)
    with pytest.raises(Forbidden, match="ann's"):
        bench.do(CompleteUserTask(task.id), bob)
    bench.do(UnclaimUserTask(task.id), ann)
    assert [row.assignee for row in bench.tasks(bob, view="candidate")] == [None]


def test_what_one_may_do_is_told(bench, task):
    assert bench.ask(TaskDetail(task.id), ann).may == {"complete", "claim"}
    assert bench.ask(TaskDetail(task.id), ann).variables == {"amount": 3}
    bench.do(ClaimUserTask(task.id), ann)
    assert bench.ask(TaskDetail(task.id), ann).may == {"complete", "unclaim", "delegate"}
    assert bench.ask(TaskDetail(task.id), boss).may == {"complete", "assign", "unclaim"}


def test_done_twice_is_a_conflict(bench, task):
    bench.do(CompleteUserTask(task.id), ann)
    with pytest.raises(Conflict, match="already done"):
        bench.do(CompleteUserTask(task.id), bob)
    with pytest.raises(NotFound):
        bench.do(CompleteUserTask("nonsense"), bob)
    with pytest.raises(NotFound):
        bench.do(CompleteUserTask("0" * 32 + "-7"), bob)


def test_the_same_request_twice_is_done_once(bench, task):
    bench.do(CompleteUserTask(task.id, idempotency_key="k1"), ann)
    bench.do(CompleteUserTask(task.id, idempotency_key="k1"), ann)
    with pytest.raises(Conflict):
        bench.do(CompleteUserTask(task.id, idempotency_key="k2"), ann)
    with pytest.raises(Conflict):
        bench.do(CompleteUserTask(task.id, idempotency_key="k1"), bob)


def test_delegated_and_resolved(bench, task):
    bench.do(ClaimUserTask(task.id), ann)
    bench.do(DelegateUserTask(task.id, "eve"), ann)
    (row,) = bench.tasks(eve, view="mine")
    assert (row.owner, row.delegation) == ("ann", "pending")
    with pytest.raises(Conflict, match="delegated"):
        bench.do(CompleteUserTask(task.id), eve)
    bench.do(ResolveUserTask(task.id, {"opinion": "fine"}), eve)
    view = bench.ask(TaskDetail(task.id), ann)
    assert (view.task.assignee, view.variables["opinion"]) == ("ann", "fine")
    bench.do(CompleteUserTask(task.id), ann)


def test_assigned_owned_dated_offered(bench, task):
    bench.do(AssignUserTask(task.id, "eve"), boss)
    bench.do(SetOwner(task.id, "ann"), boss)
    due = datetime(2026, 2, 1, tzinfo=UTC)
    bench.do(SetUserTaskDates(task.id, due, None), eve)
    bench.do(SetUserTaskPriority(task.id, 80), eve)
    bench.do(AddCandidate(task.id, group="others"), eve)
    bench.do(RemoveCandidate(task.id, group="clerks"), eve)
    row = bench.ask(TaskDetail(task.id), ann).task
    assert (row.owner, row.due_at, row.priority, row.candidate_groups) == ("ann", due, 80, ("others",))
    bench.do(UnclaimUserTask(task.id), eve)
    assert [each.id for each in bench.tasks(eve, candidate_group="others")] == [task.id]
    assert bench.tasks(bob) == []
    with pytest.raises(Invalid):
        bench.do(SetUserTaskPriority(task.id, 101), boss)
    with pytest.raises(Invalid, match="time zone"):
        bench.do(SetUserTaskDates(task.id, due.replace(tzinfo=None), None), boss)


def test_what_people_do_is_history(bench, task):
    bench.do(ClaimUserTask(task.id), ann)
    bench.do(CompleteUserTask(task.id), ann)
    events = [
        (row.kind, row.actor) for row in bench.ask(History(task.instance_id)).rows if row.kind.startswith("task-")
    ]
    assert events == [("task-opened", None), ("task-claimed", "ann"), ("task-completed", "ann")]


CAUGHT = model(
    '<error id="er" errorCode="E1"/><escalation id="es" escalationCode="S1"/><process id="p" isExecutable="true">'
    '<startEvent id="s"/><userTask id="t"/><endEvent id="e"/><userTask id="after"/><userTask id="told"/>'
    '<boundaryEvent id="b" attachedToRef="t"><errorEventDefinition id="d1" errorRef="er"/></boundaryEvent>'
    '<boundaryEvent id="n" attachedToRef="t" cancelActivity="false">'
    '<escalationEventDefinition id="d2" escalationRef="es"/></boundaryEvent>'
    + flows("s", "t", "e")
    + flows("b", "after")
    + flows("n", "told")
    + "</process>"
)


def test_errors_and_escalations_from_a_task(bench):
    bench.deploy(CAUGHT)
    instance = bench.start()
    (task,) = bench.tasks()
    assert bench.do(ThrowEscalationFromTask(task.id, "S1"))
    assert bench.at(instance) == ["t", "told"]
    bench.do(ThrowErrorFromTask(task.id, "E1", "no", {"why": "paper"}))
    assert bench.at(instance) == ["after", "told"]
    assert bench.variables(instance)["why"] == "paper"


QUESTION = process(
    '<startEvent id="s"/><exclusiveGateway id="g" name="Good?"/><task id="yes"/><task id="no"/>'
    + flows("s", "g", "yes")
    + flows("g", "no"),
    executable=False,
)


def test_a_drawings_question_is_answered_with_a_flow(bench):
    bench.deploy(QUESTION)
    instance = bench.start()
    (task,) = bench.tasks()
    assert (task.kind, task.name) == ("question", "Good?")
    for outcome in ((), ("elsewhere",), ("g-yes", "g-no")):
        with pytest.raises(Invalid):
            bench.do(CompleteUserTask(task.id, outcome=outcome))
    bench.do(CompleteUserTask(task.id, outcome=("g-no",)))
    assert bench.at(instance) == ["no"]


def at_once(*acts):
    """Do these in a thread each, as near to the same moment as can be; what each gave or raised."""
    barrier, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index, act):
        barrier.wait(10)
        try:
            answers[index] = act()
        except Exception as failure:
            answers[index] = failure

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_two_complete_one_task_and_one_wins(bench, task):
    answers = at_once(*(lambda who=who: bench.do(CompleteUserTask(task.id), who) for who in (ann, bob)))
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "NoneType"]
    assert bench.state(task.instance_id) == "completed"


FIFTY = process(
    '<startEvent id="s"/><userTask id="t"><multiInstanceLoopCharacteristics><loopCardinality>50</loopCardinality>'
    "</multiInstanceLoopCharacteristics></userTask><endEvent id='e'/>" + flows("s", "t", "e")
)


def test_fifty_people_complete_fifty_items_at_once(bench):
    bench.deploy(FIFTY)
    instance = bench.start()
    tasks = bench.tasks(limit=100)
    assert len(tasks) == 50
    people = [person(f"p{number}") for number in range(50)]
    answers = at_once(
        *(lambda t=t, who=who: bench.do(CompleteUserTask(t.id), who) for t, who in zip(tasks, people, strict=True))
    )
    assert answers == [None] * 50
    assert bench.state(instance) == "completed"
