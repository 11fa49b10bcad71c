"""Files become processes; versions; what is refused, in words."""

from datetime import timedelta

import pytest
from bench import flows, model, person, process

from engine.commands import Bind, DeleteDeployment, Deploy, SetDefinitionState, StartProcess, Unbind
from engine.errors import Conflict, Forbidden, Invalid, NotFound
from engine.queries import (
    Bindings,
    DefinitionDetail,
    DefinitionList,
    DeploymentList,
    JobList,
    Resource,
    Resources,
    StartEvents,
)
from engine.services import Binding

TASK = process('<startEvent id="s"/><task id="t"/><endEvent id="e"/>' + flows("s", "t", "e"))
DRAWING = process('<task id="t"/>', executable=False)


def test_the_bytes_stay_as_they_came(bench):
    content = b"\xef\xbb\xbf" + TASK.replace(b"\n", b"\r\n") + b"\n<!-- end -->\n"
    deployed = bench.deploy(content)
    view = bench.ask(Resource(definition_id=deployed.processes[0].definition_id))
    assert view.content == content
    assert view.size == len(content)
    assert [row.sha256 for row in bench.ask(Resources(deployed.id)).__iter__()] == [view.sha256]
    with pytest.raises(NotFound):
        bench.ask(Resource(definition_id="none"))


def test_versions_count_and_the_last_is_started(bench):
    for _ in range(3):
        bench.deploy(TASK)
    (row,) = bench.ask(DefinitionList()).rows
    assert (row.key, row.version, row.latest) == ("p", 3, True)
    assert [each.version for each in bench.ask(DefinitionList(key="p")).rows] == [3, 2, 1]
    bench.do(StartProcess(key="p", version=2))
    with pytest.raises(NotFound):
        bench.do(StartProcess(key="p", version=9))
    with pytest.raises(NotFound):
        bench.do(StartProcess(key="unknown"))
    assert len(bench.ask(DeploymentList()).rows) == 3


def test_what_has_not_changed_is_not_deployed_again(bench):
    first = bench.deploy(TASK, only_changed=True)
    again = bench.deploy(TASK, only_changed=True)
    assert (first.is_new, again.is_new, again.id) == (True, False, first.id)
    assert bench.deploy(TASK, only_changed=True, guided=True).processes[0].version == 2


def test_what_only_a_person_can_make_sense_of_is_deployed_guided_only(bench):
    calls_nothing = process('<startEvent id="s"/><callActivity id="c"/>' + flows("s", "c"))
    with pytest.raises(Invalid, match="does not say what it calls"):
        bench.deploy(calls_nothing)
    assert bench.deploy(calls_nothing, guided=True).processes[0].guided


def test_what_contradicts_itself_is_refused_in_words(bench):
    with pytest.raises(Invalid, match=r"model.bpmn: line 3: The id 's' is used twice"):
        bench.deploy(process('<startEvent id="s"/><task id="s"/>'), guided=True)


def test_a_process_that_is_not_executable_runs_guided_unless_told_otherwise(bench):
    assert bench.deploy(DRAWING).processes[0].guided
    assert not bench.deploy(TASK).processes[0].guided
    assert bench.deploy(TASK, guided=True).processes[0].guided
    row = bench.ask(DefinitionDetail(key="p"))
    assert row.guided
    assert set(row.verdict) == {"worst", "sentence"}


def test_several_files_and_processes_in_one_deployment(bench):
    two = model(
        '<process id="a"><task id="t1"/></process><process id="b"><task id="t2"/></process><process id="closed"/>'
    )
    deployed = bench.do(Deploy(files={"two.bpmn": two, "p.bpmn": TASK, "form.json": b"{}"}, name="Both"))
    assert [each.key for each in deployed.processes] == ["a", "b", "p"]
    assert [row.name for row in bench.ask(Resources(deployed.id))] == ["form.json", "p.bpmn", "two.bpmn"]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "no file"),
        ({"x.bpmn": b"not xml"}, "x.bpmn"),
        ({"x.bpmn": b""}, "x.bpmn"),
        ({"x.bpmn": b"PK\x03\x04 zip"}, "x.bpmn"),
        ({"x.bpmn": model("")}, "no process"),
        ({"x.json": b"{}"}, "no process"),
        ({"a.bpmn": TASK, "b.bpmn": TASK}, "is in a.bpmn and in b.bpmn"),
        ({"\n": TASK}, "name"),
    ],
)
def test_what_cannot_be_deployed_is_refused_in_words(bench, files, words):
    with pytest.raises(Invalid, match=words):
        bench.do(Deploy(files=files))
    assert bench.ask(DeploymentList()).rows == ()


def test_only_who_may_deploys(bench):
    with pytest.raises(Forbidden):
        bench.do(Deploy(files={"p.bpmn": TASK}), person("ann"))


def test_a_deployment_with_instances_stays(bench):
    old, new = bench.deploy(TASK), bench.deploy(TASK)
    bench.do(DeleteDeployment(new.id))
    assert bench.ask(DefinitionDetail(key="p")).version == 1
    bench.start()
    with pytest.raises(Conflict, match="instances of p"):
        bench.do(DeleteDeployment(old.id))
    with pytest.raises(NotFound):
        bench.do(DeleteDeployment(new.id))


TIMED = process(
    '<startEvent id="s"><timerEventDefinition id="d"><timeCycle>R/PT1H</timeCycle></timerEventDefinition></startEvent>'
    '<userTask id="t"/>' + flows("s", "t")
)


def test_the_version_before_takes_its_timer_back(bench):
    first, second = bench.deploy(TIMED), bench.deploy(TASK)
    assert bench.ask(JobList()).rows == ()
    bench.do(DeleteDeployment(second.id))
    (job,) = bench.ask(JobList()).rows
    (event,) = bench.ask(StartEvents(first.processes[0].definition_id))
    assert (job.definition_id, job.element_id) == (first.processes[0].definition_id, event.element_id)


def test_a_suspended_version_is_not_started(bench):
    deployed = bench.deploy(TIMED)
    id = deployed.processes[0].definition_id
    bench.do(SetDefinitionState(id, "suspended"))
    with pytest.raises(Conflict, match="suspended"):
        bench.start()
    bench.run_due(timedelta(hours=1))
    assert bench.tasks() == []
    bench.do(SetDefinitionState(id, "active"))
    bench.run_due(timedelta(hours=1))
    assert len(bench.tasks()) == 1


def test_bindings_are_kept_beside_the_file(bench):
    bench.do(Bind("p", "topic:pay", Binding("external", "payments")))
    bench.do(Bind("p", "topic:pay", Binding("person", "clerks", {"assignee": "ann"})))
    assert bench.ask(Bindings("p")) == {"topic:pay": Binding("person", "clerks", {"assignee": "ann"})}
    with pytest.raises(Invalid):
        bench.do(Bind("p", "", Binding("external", "x")))
    bench.do(Unbind("p", "topic:pay"))
    with pytest.raises(NotFound):
        bench.do(Unbind("p", "topic:pay"))
