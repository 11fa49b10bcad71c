"""Which version of a form a task shows and is held against, as Camunda 8 and Camunda 7 document it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from bench import Bench, person

from engine.commands import CompleteUserTask, DeleteDeployment, Deploy, StartProcess
from engine.commands.declared_form import FormContradicted
from engine.errors import Invalid
from engine.forms.documents import FormWanted, form_wanted
from engine.queries import DeployedForm, TaskDetail, TaskList

CLERK = person("clara", may=frozenset({"read", "start", "work"}))
NAMESPACES = {
    "zeebe": 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
    "camunda7": 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
}


def form(label: str, tag: str | None = None, most: int = 500) -> bytes:
    field = {"key": "amount", "type": "number", "label": label, "validate": {"max": most}}
    return json.dumps(
        {"id": "claim", "components": [field], **({"versionTag": tag} if tag is not None else {})}
    ).encode()


def model(dialect: str, attributes: str, key: str = "p") -> bytes:
    zeebe = f"<zeebe:userTask/><zeebe:formDefinition formId='claim' {attributes}/>"
    inside = f"<extensionElements>{zeebe}</extensionElements>" if dialect == "zeebe" else ""
    named = "" if dialect == "zeebe" else f'camunda:formRef="claim" {attributes}'
    return (
        f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {NAMESPACES[dialect]} targetNamespace="t">'
        f'<process id="{key}" isExecutable="true"><startEvent id="s"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="t"/>'
        f'<userTask id="t" {named}>{inside}</userTask></process></definitions>'
    ).encode()


class Forms:
    """Forms that are deployed one after the other, and what a task shows of them."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    def deploy(self, **files: bytes) -> Any:
        self.bench.clock.advance(timedelta(minutes=1))
        return self.bench.do(Deploy({name.replace("_", "."): content for name, content in files.items()}))

    def begin(self, key: str = "p") -> str:
        self.bench.clock.advance(timedelta(minutes=1))
        instance = self.bench.do(StartProcess(key=key))
        (task,) = self.bench.ask(TaskList(view="all", instance_id=instance)).rows
        return str(task.id)

    def shown(self, task: str) -> str | None:
        """The label of the field that the task's form has."""
        view = self.bench.ask(TaskDetail(task))
        wanted = form_wanted(view.form)
        assert wanted is not None
        document = self.bench.ask(DeployedForm(wanted, view.task.definition_id, view.task.created_at))
        return json.loads(document)["components"][0]["label"] if document is not None else None


@pytest.fixture
def forms(bench: Bench) -> Forms:
    return Forms(bench)


LATEST = [
    ("zeebe", ""),
    ("zeebe", 'bindingType="latest"'),
    ("camunda7", ""),
    ("camunda7", 'camunda:formRefBinding="latest"'),
]


@pytest.mark.parametrize(("dialect", "attributes"), LATEST)
def test_the_latest_of_all_deployments_is_shown_to_a_new_task(forms: Forms, dialect: str, attributes: str) -> None:
    forms.deploy(p_bpmn=model(dialect, attributes), claim_form=form("First"))
    assert forms.shown(forms.begin()) == "First"
    forms.deploy(q_bpmn=model(dialect, attributes, "q"), other_form=form("Second"))
    assert forms.shown(forms.begin()) == "Second"
    forms.deploy(claim_form=form("Third"))
    assert forms.shown(forms.begin()) == "Third"


def test_a_task_of_camunda_8_keeps_what_was_the_latest_when_it_began_one_of_camunda_7_does_not(forms: Forms) -> None:
    forms.deploy(p_bpmn=model("zeebe", ""), q_bpmn=model("camunda7", "", "q"), claim_form=form("First"))
    eight, seven = forms.begin(), forms.begin("q")
    forms.deploy(claim_form=form("Second"))
    assert (forms.shown(eight), forms.shown(seven)) == ("First", "Second")


@pytest.mark.parametrize(
    ("dialect", "attributes"),
    [("zeebe", 'bindingType="deployment"'), ("camunda7", 'camunda:formRefBinding="deployment"')],
)
def test_the_one_of_the_same_deployment(forms: Forms, dialect: str, attributes: str) -> None:
    forms.deploy(p_bpmn=model(dialect, attributes), claim_form=form("First"))
    forms.deploy(claim_form=form("Second"))
    assert forms.shown(forms.begin()) == "First"


def test_the_latest_of_a_version_tag(forms: Forms) -> None:
    forms.deploy(p_bpmn=model("zeebe", 'bindingType="versionTag" versionTag="v1"'), claim_form=form("Other", "v2"))
    task = forms.begin()
    assert forms.shown(task) is None, "no form has the tag"
    forms.deploy(claim_form=form("First", "v1"))
    forms.deploy(claim_form=form("First, mended", "v1"))
    forms.deploy(claim_form=form("Next", "v2"))
    assert forms.shown(forms.begin()) == "First, mended"


def test_a_version_by_its_number_which_the_same_form_does_not_raise(forms: Forms) -> None:
    second = 'camunda:formRefBinding="version" camunda:formRefVersion="2"'
    forms.deploy(p_bpmn=model("camunda7", second), claim_form=form("First"))
    task = forms.begin()
    assert forms.shown(task) is None
    forms.deploy(claim_form=form("First"))
    assert forms.shown(task) is None
    forms.deploy(claim_form=form("Second"))
    forms.deploy(claim_form=form("Third"))
    assert forms.shown(task) == "Second"
    for odd in ("x", "-1", "2.0", "9" * 40, "٢"):
        assert forms.bench.ask(DeployedForm(FormWanted("claim", "version", odd))) is None


def test_what_is_sent_is_held_against_the_version_that_is_shown(forms: Forms) -> None:
    forms.deploy(p_bpmn=model("zeebe", ""), claim_form=form("First", most=500))
    before = forms.begin()
    forms.deploy(claim_form=form("Second", most=10))
    after = forms.begin()
    forms.bench.do(CompleteUserTask(before, {"amount": 400}), CLERK)
    with pytest.raises(FormContradicted, match="at most 10"):
        forms.bench.do(CompleteUserTask(after, {"amount": 400}), CLERK)


def test_a_deployment_takes_its_forms_away_with_it(forms: Forms) -> None:
    forms.deploy(p_bpmn=model("zeebe", ""), claim_form=form("First"))
    second = forms.deploy(claim_form=form("Second"))
    assert second.processes == ()
    forms.bench.do(DeleteDeployment(second.id))
    assert forms.shown(forms.begin()) == "First"


def test_what_is_neither_model_nor_form_is_no_deployment(forms: Forms) -> None:
    for content in (b"{}", b'{"id": "claim"}', b"[", b'{"id": 3, "components": []}'):
        with pytest.raises(Invalid, match="no process"):
            forms.deploy(claim_form=content)
