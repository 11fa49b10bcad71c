"""No list, count, search or address shows what its reader may not see; a grant shows one process and no other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from bench import Bench, flows, person, process

from engine.commands import (
    CancelInstance,
    ClaimUserTask,
    CompleteUserTask,
    CreateGroup,
    CreateUser,
    GrantProcess,
    RetryIncident,
    RevokeGrant,
    SetDefinitionState,
    SetVariables,
    SignIn,
    StartProcess,
)
from engine.errors import Conflict, Forbidden, NotFound, Refusal
from engine.identity import Actor
from engine.permissions import GRANTS, ROLES
from engine.queries import (
    ActList,
    DefinitionDetail,
    DefinitionList,
    GrantList,
    History,
    IncidentCauses,
    IncidentList,
    InstanceCounts,
    InstanceDetail,
    InstanceList,
    JobList,
    PathWalked,
    ProcessFigures,
    SessionOf,
    SubscriptionList,
    TaskCounts,
    TaskDetail,
    TaskFacets,
    TaskList,
    WaitingPlaces,
)
from engine.queries.held import ScopeList, VariableList
from engine.queries.open_tasks import OpenTasks
from engine.queries.parts import RestingList, RestingTokens
from engine.queries.task_talk import AttachmentList, CommentList

CALLS = '<startEvent id="s"/><callActivity id="c" calledElement="called"/><endEvent id="e"/>' + flows("s", "c", "e")
CALLED = (
    '<startEvent id="s"/><userTask id="t" name="Secret work"/><endEvent id="e"/>'
    '<laneSet id="ls"><lane id="l" name="insiders"><flowNodeRef>t</flowNodeRef></lane></laneSet>' + flows("s", "t", "e")
)
STOPS = (
    '<startEvent id="s"/><scriptTask id="x" scriptFormat="python"><script>y = 1 / 0</script></scriptTask>'
    '<endEvent id="e"/>' + flows("s", "x", "e")
)


@pytest.fixture
def secret(bench: Bench) -> dict[str, str]:
    """Two processes with a case each that call a third with work for insiders, and a case that has stopped."""
    for key, body in (("called", CALLED), ("secret", CALLS), ("other", CALLS), ("stops", STOPS)):
        bench.deploy(process(body, key=key))
    bench.do(CreateGroup("auditors"))
    bench.do(CreateUser("eve"))
    held = {"what": "hidden"}
    return {key: bench.start(key, business_key=f"case {key}", variables=held) for key in ("secret", "other", "stops")}


def granted(bench: Bench, grant: str, key: str = "secret") -> Actor:
    bench.do(GrantProcess(key, grant, "group", "auditors"))
    return replace(person("eve", "auditors"), grants=frozenset({(grant, key)}))


def seen(bench: Bench, actor: Actor) -> dict[str, Any]:
    """What every list and count tells this actor, by what it is about."""
    ask = bench.ask
    return {
        "instances": sorted(row.business_key for row in ask(InstanceList(), actor).rows),
        "found": [row.business_key for row in ask(InstanceList(search="case"), actor).rows],
        "counted": ask(InstanceCounts(), actor)["running"],
        "called": len(ask(InstanceList(called_too=True), actor).rows),
        "tasks": len(ask(TaskList(), actor).rows),
        "tasks found": len(ask(TaskList(search="Secret"), actor).rows),
        "tasks counted": ask(TaskCounts(), actor).all,
        "tasks by process": sum(facet.count.number for facet in ask(TaskFacets(), actor).processes),
        "incidents": len(ask(IncidentList(), actor).rows),
        "causes": sum(cause.count for cause in ask(IncidentCauses(), actor)),
        "figures": ask(ProcessFigures("secret"), actor).running,
        "running": sum(row.running for row in ask(DefinitionList(), actor).rows),
        "variables": sorted(row.business_key or "" for row in ask(VariableList(), actor).rows),
        "values found": len(ask(VariableList(name="what", value="hidden"), actor).rows),
    }


def nothing() -> dict[str, Any]:
    return {
        "instances": [],
        "found": [],
        "counted": 0,
        "called": 0,
        "tasks": 0,
        "tasks found": 0,
        "tasks counted": 0,
        "tasks by process": 0,
        "incidents": 0,
        "causes": 0,
        "figures": 0,
        "running": 0,
        "variables": [],
        "values found": 0,
    }


def test_a_stranger_is_told_nothing(bench: Bench, secret: dict[str, str]) -> None:
    eve = person("eve")
    assert seen(bench, eve) == nothing()
    (task,) = bench.ask(OpenTasks(secret["secret"]), person("boss", may=frozenset({"read", "operate"})))
    for question in (
        InstanceDetail(secret["secret"]),
        History(secret["secret"]),
        PathWalked(secret["secret"]),
        ScopeList(secret["secret"]),
        RestingTokens(secret["secret"]),
        CommentList(task.id),
        AttachmentList(task.id),
        TaskDetail(task.id),
    ):
        with pytest.raises(NotFound):
            bench.ask(question, eve)
    assert bench.ask(OpenTasks(secret["secret"]), eve) == ()
    for query in (JobList(), SubscriptionList(), WaitingPlaces("x"), RestingList("x"), GrantList(), ActList()):
        with pytest.raises(Forbidden):
            bench.ask(query, eve)


def test_an_operator_and_an_owner_see_all(bench: Bench, secret: dict[str, str]) -> None:
    everything = seen(bench, person("boss", may=frozenset({"read", *ROLES["operator"]})))
    assert everything["instances"] == ["case other", "case secret", "case stops"]
    assert (everything["tasks"], everything["incidents"], everything["called"]) == (2, 1, 5)
    assert seen(bench, person("olga", may=frozenset({"read", *ROLES["owner"]}))) == everything


def test_a_grant_shows_one_process_with_what_it_called(bench: Bench, secret: dict[str, str]) -> None:
    eve = granted(bench, "see")
    told = seen(bench, eve)
    assert (told["instances"], told["counted"], told["called"]) == (["case secret"], 1, 2)
    assert (told["variables"], told["values found"]) == (["", "case secret"], 2)
    assert (told["tasks"], told["tasks found"], told["tasks counted"], told["tasks by process"]) == (1, 1, 1, 1)
    assert (told["incidents"], told["causes"], told["figures"]) == (0, 0, 1)
    (definition,) = (row for row in bench.ask(DefinitionList(), eve).rows if row.key == "secret")
    assert [place.element_id for place in bench.ask(WaitingPlaces(definition.id), eve)] == ["c"]
    (other,) = (row for row in bench.ask(DefinitionList()).rows if row.key == "other")
    with pytest.raises(NotFound):
        bench.ask(WaitingPlaces(other.id), eve)
    (task,) = bench.tasks(eve)
    assert bench.ask(TaskDetail(task.id), eve).may == frozenset()
    with pytest.raises(Forbidden):
        bench.do(CompleteUserTask(task.id), eve)
    with pytest.raises(Forbidden):
        bench.do(CancelInstance(secret["secret"]), eve)


def test_the_work_of_a_process_may_be_taken_whoever_it_is_offered_to(bench: Bench, secret: dict[str, str]) -> None:
    eve = granted(bench, "work")
    (task,) = bench.tasks(eve, view="candidate")
    assert "claim" in bench.ask(TaskDetail(task.id), eve).may
    bench.do(ClaimUserTask(task.id), eve)
    bench.do(CompleteUserTask(task.id), eve)
    (others,) = bench.tasks()
    with pytest.raises(NotFound):
        bench.do(ClaimUserTask(others.id), eve)


def test_one_who_operates_a_process_mends_that_and_no_other(bench: Bench, secret: dict[str, str]) -> None:
    eve = granted(bench, "operate", "stops")
    (incident,) = bench.ask(IncidentList(), eve).rows
    bench.do(RetryIncident(incident.id), eve)
    bench.do(SetVariables(secret["stops"], {"n": 1}), eve)
    (definition,) = (row for row in bench.ask(DefinitionList(), eve).rows if row.key == "stops")
    bench.do(SetDefinitionState(definition.id, "suspended"), eve)
    assert "operate" in bench.ask(InstanceDetail(secret["stops"]), eve).may
    assert bench.ask(JobList(), eve).rows == ()
    (other,) = (row for row in bench.ask(DefinitionList()).rows if row.key == "other")
    for command in (
        CancelInstance(secret["other"]),
        SetVariables(secret["other"], {"n": 1}),
        SetDefinitionState(other.id, "suspended"),
    ):
        with pytest.raises(NotFound):
            bench.do(command, eve)
    bench.do(CancelInstance(secret["stops"]), eve)
    assert bench.state(secret["stops"]) == "cancelled"


def test_a_process_that_is_kept_is_started_by_those_who_may_and_by_nobody_else(bench: Bench) -> None:
    bench.deploy(process(STOPS, key="kept"))
    bench.do(CreateGroup("auditors"))
    eve = person("eve")
    assert [row.key for row in bench.ask(DefinitionList(startable=True), eve).rows] == ["kept"]
    auditor = granted(bench, "start", "kept")
    assert bench.ask(DefinitionList(startable=True), eve).rows == ()
    assert bench.ask(DefinitionList(), eve).rows == ()
    with pytest.raises(NotFound):
        bench.ask(DefinitionDetail(key="kept"), eve)
    with pytest.raises(NotFound):
        bench.do(StartProcess("kept"), eve)
    assert bench.do(StartProcess("kept"), auditor)
    bench.do(RevokeGrant("kept", "start", "group", "auditors"))
    assert bench.do(StartProcess("kept"), eve)


def test_a_model_names_who_may_start_it(bench: Bench) -> None:
    content = process(STOPS, key="named").replace(
        b'<process id="named"',
        b'<process xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:candidateStarterGroups="hr" '
        b'camunda:candidateStarterUsers="ann" id="named"',
    )
    bench.deploy(content)
    for allowed in (person("ann"), person("bob", "hr")):
        assert bench.do(StartProcess("named"), allowed)
    with pytest.raises(NotFound):
        bench.do(StartProcess("named"), person("eve"))
    bench.do(CreateUser("eve"))
    bench.do(GrantProcess("named", "start", "user", "eve"))
    assert bench.do(
        StartProcess("named"), Actor("eve", permissions=frozenset({"read"}), grants=frozenset({("start", "named")}))
    )


def test_a_session_knows_what_was_granted_to_the_user_the_group_and_everybody(bench: Bench) -> None:
    for key in ("a", "b", "c"):
        bench.deploy(process(STOPS, key=key))
    bench.do(CreateUser("eve", "correct horse", groups=("auditors",)))
    bench.do(GrantProcess("a", "see", "user", "eve"))
    bench.do(GrantProcess("b", "work", "group", "auditors"))
    bench.do(GrantProcess("c", "operate", "all"))
    session = bench.ask(SessionOf(bench.do(SignIn("eve", "correct horse"))))
    assert session.actor.grants == {("see", "a"), ("work", "b"), ("operate", "c")}


def test_grants_are_given_to_who_is_there_and_once(bench: Bench) -> None:
    bench.deploy(process(STOPS, key="p"))
    bench.do(CreateUser("eve"))
    for grant in GRANTS:
        bench.do(GrantProcess("p", grant, "user", "eve"))
        bench.do(GrantProcess("p", grant, "user", "eve"))
    assert len(bench.ask(GrantList(key="p")).rows) == len(GRANTS)
    wrong: tuple[Any, ...] = (
        GrantProcess("nowhere", "see", "user", "eve"),
        GrantProcess("p", "fly", "user", "eve"),
        GrantProcess("p", "see", "user", "nobody"),
        GrantProcess("p", "see", "group", "nobody"),
        GrantProcess("p", "see", "all", "eve"),
        RevokeGrant("p", "see", "group", "eve"),
    )
    for command in wrong:
        with pytest.raises(Refusal):
            bench.do(command)
    with pytest.raises(Forbidden):
        bench.do(GrantProcess("p", "see", "user", "eve"), person("eve"))


def test_what_is_done_to_the_installation_is_written_down(bench: Bench) -> None:
    bench.deploy(process(STOPS, key="p"))
    boss = person("boss", may=frozenset({"read", *ROLES["administrator"]}))
    bench.do(CreateUser("eve"), boss)
    bench.do(GrantProcess("p", "see", "user", "eve"), boss)
    with pytest.raises(Conflict):
        bench.do(CreateUser("eve"), boss)
    done = [(row.actor, row.act, row.subject) for row in bench.ask(ActList(), boss).rows]
    assert done == [("boss", "grant", "p"), ("boss", "create-user", "eve"), (None, "deploy", "p")]
    assert bench.ask(ActList(act="grant"), boss).rows[0].data == {"grant": "see", "kind": "user", "to": "eve"}
