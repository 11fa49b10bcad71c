"""Parts of one thing as lists, and variables over all instances: filtered, sorted, page by page. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bench import EVERYTHING, Bench, flows, person, process

from engine.commands import AddAttachment, AddComment, CompleteUserTask
from engine.errors import NotFound
from engine.queries import DefinitionDetail, History, InstanceList
from engine.queries.held import ScopeList, VariableList
from engine.queries.instances import Written
from engine.queries.parts import FileList, RestingList, RestingTokens, StartList
from engine.queries.task_talk import AttachmentList, CommentList

LANE = '<lane id="l" name="clerks"><flowNodeRef>a</flowNodeRef><flowNodeRef>b</flowNodeRef></lane>'
WORK = process(
    f'<laneSet id="ls">{LANE}</laneSet>'
    + '<startEvent id="s"/><parallelGateway id="both"/><userTask id="a"/><subProcess id="inner">'
    '<startEvent id="is"/><userTask id="b"/>'
    + flows("is", "b")
    + "</subProcess>"
    + flows("s", "both", "a")
    + '<sequenceFlow id="x" sourceRef="both" targetRef="inner"/>'
)
STARTS = process(
    '<startEvent id="plain"/><startEvent id="told"><messageEventDefinition messageRef="m"/></startEvent>'
    '<startEvent id="heard"><signalEventDefinition signalRef="g"/></startEvent>',
    key="starts",
    outside='<message id="m" name="paid"/><signal id="g" name="closed"/>',
)
ann, eve = person("ann", "clerks"), person("eve")
boss = person("boss", may=EVERYTHING)


def all_of(bench: Bench, query, **options):
    """All rows, two a page."""
    rows, after = [], None
    while True:
        page = bench.ask(query(limit=2, after=after, **options), boss)
        rows, after = [*rows, *page.rows], page.next
        if after is None:
            return rows


@pytest.fixture
def three(bench: Bench) -> list[str]:
    bench.deploy(WORK)
    return [bench.start(business_key=f"B{n}", variables={"n": n, "text": str(n), "same": True}) for n in range(3)]


def test_variables_are_found_over_all_instances(bench: Bench, three: list[str]) -> None:
    rows = all_of(bench, VariableList)
    assert [(row.instance_id, row.name) for row in rows] == [
        (id, name) for id in three for name in ("n", "same", "text")
    ]
    assert all_of(bench, VariableList, sort="newest") == rows[::-1]
    found = all_of(bench, VariableList, value="1")
    assert [(row.business_key, row.name, row.value) for row in found] == [("B1", "n", 1), ("B1", "text", "1")]
    assert [row.value for row in all_of(bench, VariableList, name="n", value="2")] == [2]
    assert len(all_of(bench, VariableList, name="same", value="yes")) == 3
    assert {row.instance_id for row in all_of(bench, VariableList, business_key="B2")} == {three[2]}
    assert len(all_of(bench, VariableList, instance_id=three[0])) == 3
    assert len(all_of(bench, VariableList, definition_key="p")) == 9
    assert all_of(bench, VariableList, definition_key="other") == []
    assert [row.id for row in bench.ask(InstanceList(variable=Written("text", "1")), boss).rows] == [three[1]]


def test_variables_are_shown_to_whom_the_instance_concerns(bench: Bench, three: list[str]) -> None:
    assert len(bench.ask(VariableList(), ann).rows) == 9
    assert bench.ask(VariableList(), eve).rows == ()
    assert bench.ask(VariableList(name="n", value="1"), eve).rows == ()


def test_an_ended_instance_tells_its_scopes_and_has_no_token(bench: Bench, three: list[str]) -> None:
    outer, inner = all_of(bench, ScopeList, instance_id=three[0])
    assert (outer.variables["n"], inner.parent) == (0, outer.number)
    assert all_of(bench, ScopeList, instance_id=three[0], sort="inner") == [inner, outer]
    assert all_of(bench, ScopeList, instance_id=three[0], holding="n") == [outer]
    assert all_of(bench, ScopeList, instance_id=three[0], token=inner.token) == [inner]
    for task in bench.tasks(boss, instance_id=three[0]):
        bench.do(CompleteUserTask(task.id), boss)
    assert [row.variables.get("n") for row in all_of(bench, ScopeList, instance_id=three[0])] == [0, None]
    assert all_of(bench, RestingTokens, instance_id=three[0]) == []


def test_tokens_of_one_and_of_all(bench: Bench, three: list[str]) -> None:
    tokens = all_of(bench, RestingTokens, instance_id=three[0])
    assert all_of(bench, RestingTokens, instance_id=three[0], sort="newest") == tokens[::-1]
    names = [row.element_id for row in all_of(bench, RestingTokens, instance_id=three[0], sort="element")]
    assert names == sorted(names)
    (waiting,) = all_of(bench, RestingTokens, instance_id=three[0], element_id="b")
    assert waiting in all_of(bench, RestingTokens, instance_id=three[0], state=waiting.state)
    (task,) = (each for each in bench.tasks(boss, instance_id=three[2]) if each.element_id == "a")
    bench.do(CompleteUserTask(task.id), boss)
    definition = bench.ask(DefinitionDetail(key="p"), boss).id
    counts = {row.element_id: row.count for row in all_of(bench, RestingList, definition_id=definition)}
    assert (counts["a"], counts["b"]) == (2, 3)
    most = all_of(bench, RestingList, definition_id=definition, sort="most", least=3)
    assert [row.count for row in most] == [3] * len(most)
    assert "a" not in {row.element_id for row in most}


def test_files_of_a_deployment_and_what_starts_a_process(bench: Bench) -> None:
    deployed = bench.deploy(STARTS)
    (file,) = all_of(bench, FileList, deployment_id=deployed.id, search="MODEL")
    assert (file.name, file.size) == ("model.bpmn", len(STARTS))
    assert all_of(bench, FileList, deployment_id=deployed.id, search="other", sort="largest") == []
    with pytest.raises(NotFound):
        bench.ask(FileList("none"), boss)
    definition = deployed.processes[0].definition_id
    assert [row.element_id for row in all_of(bench, StartList, definition_id=definition)] == ["heard", "told"]
    assert [row.kind for row in all_of(bench, StartList, definition_id=definition, sort="kind")] == [
        "message",
        "signal",
    ]
    assert [row.element_id for row in all_of(bench, StartList, definition_id=definition, name="paid")] == ["told"]
    assert [row.name for row in all_of(bench, StartList, definition_id=definition, kind="signal")] == ["closed"]


def test_what_was_said_and_left_in_a_case(bench: Bench, three: list[str]) -> None:
    task = bench.tasks(boss, instance_id=three[0])[0].id
    for actor, text in ((ann, "First"), (boss, "Second"), (ann, "Third")):
        bench.do(AddComment(task, text), actor)
        bench.do(AddAttachment(task, f"{text}.txt", b"text"), actor)
        bench.clock.advance(timedelta(minutes=1))
    said = [row.text for row in all_of(bench, CommentList, task_id=task)]
    assert said == ["First", "Second", "Third"]
    assert [row.text for row in all_of(bench, CommentList, task_id=task, sort="newest")] == said[::-1]
    assert [row.text for row in all_of(bench, CommentList, task_id=task, author="ann", search="third")] == ["Third"]
    files = [row.name for row in all_of(bench, AttachmentList, task_id=task, author="ann", sort="name")]
    assert files == ["First.txt", "Third.txt"]
    assert [row.name for row in all_of(bench, AttachmentList, task_id=task, search="second")] == ["Second.txt"]


def test_history_by_place_person_and_time(bench: Bench, three: list[str]) -> None:
    since = bench.clock.advance(timedelta(hours=1)) or bench.clock.now()
    (task,) = (each for each in bench.tasks(boss, instance_id=three[0]) if each.element_id == "a")
    bench.do(CompleteUserTask(task.id), ann)
    later = [row.number for row in all_of(bench, History, instance_id=three[0], since=since)]
    earlier = [row.number for row in all_of(bench, History, instance_id=three[0], until=since)]
    assert earlier + later == [row.number for row in all_of(bench, History, instance_id=three[0])]
    assert later
    assert {row.element_id for row in all_of(bench, History, instance_id=three[0], element_id="a")} == {"a"}
    assert "task-completed" in {row.kind for row in all_of(bench, History, instance_id=three[0], actor="ann")}
    assert all_of(bench, History, instance_id=three[0], actor="eve") == []
