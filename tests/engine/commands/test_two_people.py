"""Separation of duties: what a model wants done by two people is not done by one, whichever way they try."""

from __future__ import annotations

from typing import Any

import pytest
from bench import EVERYTHING, Bench, flows, person, process

import bpmn
from engine.commands import (
    AssignUserTask,
    ClaimUserTask,
    CompleteUserTask,
    DelegateUserTask,
    ResolveUserTask,
    StartProcess,
    ThrowErrorFromTask,
)
from engine.commands.trigger import TriggerToken
from engine.compiler import judge
from engine.errors import Forbidden
from engine.identity import Actor
from engine.queries import InstanceDetail, TaskDetail

OURS = 'xmlns:pr="urn:procession:bpmn" pr:otherPersonThan'
IN_A_ROW = (
    '<startEvent id="s" name="Asked for"/><userTask id="a" name="Check"/>'
    f'<userTask id="b" name="Approve" {OURS}="{{}}"/><endEvent id="e"/>' + flows("s", "a", "b", "e")
)
ANN, BEN = (person(name, may=EVERYTHING) for name in ("ann", "ben"))


@pytest.fixture
def second(bench: Bench) -> str:
    """Ann has done the first task; the second, which is for somebody else."""
    bench.deploy(process(IN_A_ROW.format("a")))
    bench.start()
    (first,) = bench.tasks()
    bench.do(CompleteUserTask(first.id), ANN)
    (task,) = bench.tasks()
    return str(task.id)


def told(bench: Bench, task: str, actor: Actor) -> tuple[str | None, frozenset[str]]:
    view = bench.ask(TaskDetail(task), actor)
    return view.kept_by, view.may


@pytest.mark.parametrize(
    "command",
    [
        ClaimUserTask,
        CompleteUserTask,
        lambda id: ThrowErrorFromTask(id, "no"),
        lambda id: AssignUserTask(id, "ann"),
        lambda id: DelegateUserTask(id, "ann"),
    ],
    ids=["claim", "complete", "throw", "assign", "delegate"],
)
def test_who_did_the_one_does_not_get_the_other(bench: Bench, second: str, command: Any) -> None:
    with pytest.raises(Forbidden, match="You did “Check”, and this is for somebody else"):
        bench.do(command(second), ANN)
    assert [(task.element_id, task.assignee) for task in bench.tasks()] == [("b", None)]


def test_nor_is_it_given_to_them_by_others(bench: Bench, second: str) -> None:
    with pytest.raises(Forbidden, match="ann did “Check”"):
        bench.do(AssignUserTask(second, "ann"), BEN)
    bench.do(AssignUserTask(second, "ben"), ANN)
    with pytest.raises(Forbidden, match="ann did “Check”"):
        bench.do(DelegateUserTask(second, "ann"), BEN)


def test_an_operator_does_not_push_it_on_either(bench: Bench, second: str) -> None:
    (task,) = bench.tasks()
    tokens = bench.ask(InstanceDetail(task.instance_id)).tokens
    place = f"{task.root_id}-{next(each.number for each in tokens if each.element_id == 'b')}"
    with pytest.raises(Forbidden, match="for somebody else"):
        bench.do(TriggerToken(place), ANN)
    bench.do(TriggerToken(place), BEN)
    assert bench.tasks() == []


def test_somebody_else_does_it(bench: Bench, second: str) -> None:
    assert told(bench, second, ANN)[0] == "Check"
    assert told(bench, second, ANN)[1].isdisjoint({"claim", "complete"})
    assert told(bench, second, BEN)[0] is None
    assert {"claim", "complete"} <= told(bench, second, BEN)[1]
    bench.do(ClaimUserTask(second), BEN)
    bench.do(CompleteUserTask(second), BEN)
    assert bench.tasks() == []


def test_side_by_side_it_holds_whichever_is_done_first(bench: Bench) -> None:
    body = (
        '<startEvent id="s"/><parallelGateway id="g"/><userTask id="a" name="Check"/>'
        f'<userTask id="b" name="Approve" {OURS}="a"/>' + flows("s", "g", "a") + flows("g", "b")
    )
    bench.deploy(process(body))
    bench.start()
    first, other = sorted(bench.tasks(), key=lambda task: task.element_id)
    bench.do(CompleteUserTask(other.id), ANN)
    with pytest.raises(Forbidden, match="You did “Approve”"):
        bench.do(CompleteUserTask(first.id), ANN)
    bench.do(CompleteUserTask(first.id), BEN)


def test_who_was_asked_to_help_has_done_it_too(bench: Bench) -> None:
    bench.deploy(process(IN_A_ROW.format("a")))
    bench.start()
    (first,) = bench.tasks()
    bench.do(ClaimUserTask(first.id), BEN)
    bench.do(DelegateUserTask(first.id, "ann"), BEN)
    bench.do(ResolveUserTask(first.id), ANN)
    bench.do(CompleteUserTask(first.id), BEN)
    (second,) = bench.tasks()
    for each in (ANN, BEN):
        with pytest.raises(Forbidden):
            bench.do(CompleteUserTask(second.id), each)
    bench.do(CompleteUserTask(second.id), person("cem", may=EVERYTHING))


def test_who_started_it_does_not_approve_it(bench: Bench) -> None:
    bench.deploy(process(IN_A_ROW.format("s")))
    bench.do(StartProcess(key="p"), ANN)
    bench.do(CompleteUserTask(bench.tasks()[0].id), ANN)
    (second,) = bench.tasks()
    with pytest.raises(Forbidden, match="You did “Asked for”"):
        bench.do(ClaimUserTask(second.id), ANN)
    bench.do(CompleteUserTask(second.id), BEN)


def test_another_case_is_another_matter(bench: Bench, second: str) -> None:
    bench.start()
    (first,) = (task for task in bench.tasks() if task.element_id == "a")
    bench.do(CompleteUserTask(first.id), BEN)
    (other,) = (task for task in bench.tasks() if task.element_id == "b" and task.id != second)
    bench.do(CompleteUserTask(other.id), ANN)


def test_several_approvers_are_several_people(bench: Bench) -> None:
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    body = f'<startEvent id="s"/><userTask id="a" name="Approve" {OURS}="a">{loop}</userTask>' + flows("s", "a")
    bench.deploy(process(body))
    bench.start()
    one, two = bench.tasks()
    bench.do(CompleteUserTask(one.id), ANN)
    with pytest.raises(Forbidden, match="You did “Approve”"):
        bench.do(CompleteUserTask(two.id), ANN)
    bench.do(CompleteUserTask(two.id), BEN)


def test_a_name_that_is_none_is_said_beforehand_and_stops_it(bench: Bench) -> None:
    content = process(IN_A_ROW.format("a nothing"))
    definitions = bpmn.read(content, "model.bpmn").definitions
    assert definitions is not None
    (said,) = (each for each in judge(definitions).findings if each.element_id == "b")
    assert (said.verdict, said.code) == ("will_not_run", "other-person")
    assert "“nothing”" in said.reason
    bench.deploy(content)
    bench.start()
    bench.do(CompleteUserTask(bench.tasks()[0].id), ANN)
    assert bench.tasks() == []


def test_jbpm_names_people(bench: Bench) -> None:
    given = (
        '<userTask id="a" name="Approve"><ioSpecification><dataInput id="i" name="ExcludedOwnerId"/><inputSet/>'
        "<outputSet/></ioSpecification><dataInputAssociation><targetRef>i</targetRef><assignment><from>ann,cem</from><to>i</to>"
        "</assignment></dataInputAssociation></userTask>"
    )
    content = process('<startEvent id="s"/>' + given + flows("s", "a")).replace(
        b"<definitions ", b'<definitions xmlns:drools="http://www.jboss.org/drools" ', 1
    )
    bench.deploy(content.replace(b'id="p" ', b'id="p" drools:version="1" ', 1))
    bench.start()
    (task,) = bench.tasks()
    with pytest.raises(Forbidden, match="The model keeps this task from ann"):
        bench.do(ClaimUserTask(task.id), ANN)
    bench.do(CompleteUserTask(task.id), BEN)
