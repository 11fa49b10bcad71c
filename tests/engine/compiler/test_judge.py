"""The verdict: what is said of each element beforehand, and of the file in one sentence."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import bpmn
from bpmn import model as m
from engine.compiler import Verdict, judge
from engine.compiler.backed import BACKED
from engine.services.binding import Binding

ELEMENTS = Path(__file__).parents[1] / "elements"
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://example.org">'
CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'


def verdict(body: str, **options: Any) -> Verdict:
    reading = bpmn.read(f"{HEAD}{body}</definitions>".encode())
    assert reading.definitions is not None
    return judge(reading.definitions, **options)


def of(verdict: Verdict, element_id: str) -> Any:
    return next(finding for finding in verdict.findings if finding.element_id == element_id)


# An element, and what is said of it in an executable and in a guided process.
TABLE = {
    '<task id="x"/>': ("runs", "guided"),
    '<userTask id="x"/>': ("runs", "runs"),
    '<manualTask id="x"/>': ("runs", "runs"),
    '<scriptTask id="x" scriptFormat="python"><script>a = 1</script></scriptTask>': ("runs", "runs"),
    '<scriptTask id="x" scriptFormat="python"><script>a = = 1</script></scriptTask>': ("will_not_run", "guided"),
    '<scriptTask id="x" scriptFormat="cobol"><script>MOVE A TO B</script></scriptTask>': ("will_not_run", "guided"),
    '<scriptTask id="x"/>': ("runs", "guided"),
    '<serviceTask id="x"/>': ("runs_with_binding", "guided"),
    f'<serviceTask {CAMUNDA} id="x" camunda:class="com.acme.Pay"/>': ("runs_with_binding", "guided"),
    '<businessRuleTask id="x"/>': ("runs_with_binding", "guided"),
    '<sendTask id="x"/>': ("will_not_run", "runs"),
    '<receiveTask id="x"/>': ("will_not_run", "guided"),
    '<callActivity id="x" calledElement="q"/>': ("runs", "runs"),
    '<callActivity id="x"/>': ("will_not_run", "guided"),
    '<subProcess id="x"><userTask id="inner"/></subProcess>': ("runs", "runs"),
    '<subProcess id="x" triggeredByEvent="true"/>': ("will_not_run", "will_not_run"),
    '<intermediateCatchEvent id="x"/>': ("will_not_run", "guided"),
    '<intermediateThrowEvent id="x"/>': ("runs", "runs"),
    '<intermediateThrowEvent id="x"><linkEventDefinition id="l" name="A"/></intermediateThrowEvent>': (
        "will_not_run",
        "guided",
    ),
    '<intermediateCatchEvent id="x"><timerEventDefinition id="t"/></intermediateCatchEvent>': (
        "will_not_run",
        "guided",
    ),
    '<intermediateCatchEvent id="x"><timerEventDefinition id="t"><timeDuration>P1D</timeDuration>'
    "</timerEventDefinition></intermediateCatchEvent>": ("runs", "runs"),
    '<intermediateCatchEvent id="x"><timerEventDefinition id="t"><timeDuration>tomorrow morning</timeDuration>'
    "</timerEventDefinition></intermediateCatchEvent>": ("will_not_run", "guided"),
    '<intermediateCatchEvent id="x"><conditionalEventDefinition id="c"/></intermediateCatchEvent>': (
        "will_not_run",
        "guided",
    ),
    '<userTask id="x"><multiInstanceLoopCharacteristics/></userTask>': ("will_not_run", "guided"),
    '<userTask id="x"><standardLoopCharacteristics/></userTask>': ("will_not_run", "guided"),
    '<dataObjectReference id="x"/>': ("ignored_safely", "ignored_safely"),
    '<userTask id="t"/><boundaryEvent id="x" attachedToRef="t"/>': ("will_not_run", "guided"),
}


@pytest.mark.parametrize("body", TABLE)
@pytest.mark.parametrize("guided", [False, True], ids=["executable", "guided"])
def test_what_is_said_of_an_element(body: str, guided: bool) -> None:
    said = of(verdict(f'<process id="p">{body}</process>', guided=guided), "x")
    assert said.verdict == TABLE[body][guided], said
    if said.verdict in ("will_not_run", "runs_with_binding"):
        assert said.reason
        assert said.fix
    assert said.line is not None
    assert said.code or said.verdict == "runs"


@pytest.mark.parametrize("guided", [False, True], ids=["executable", "guided"])
def test_an_undecided_gateway_is_a_persons(guided: bool) -> None:
    said = of(
        verdict(
            """<process id="p"><exclusiveGateway id="g"/><task id="a"/><task id="b"/>
              <sequenceFlow id="f1" name="Yes" sourceRef="g" targetRef="a"/>
              <sequenceFlow id="f2" sourceRef="g" targetRef="b"/></process>""",
            guided=guided,
        ),
        "g",
    )
    assert (said.verdict, said.by_person) == ("guided", True)
    assert "“Yes”" in said.reason


def test_a_condition_that_does_not_compile_is_said_at_its_gateway() -> None:
    body = """<process id="p" isExecutable="true"><exclusiveGateway id="g"/><endEvent id="a"/><endEvent id="b"/>
      <sequenceFlow id="f1" sourceRef="g" targetRef="a"><conditionExpression>x >> </conditionExpression></sequenceFlow>
      <sequenceFlow id="f2" sourceRef="g" targetRef="b"><conditionExpression>x</conditionExpression></sequenceFlow>
      </process>"""
    said = of(verdict(body), "g")
    assert (said.verdict, said.code) == ("will_not_run", "expression")
    assert "x >>" in said.reason


def test_a_binding_changes_what_is_said() -> None:
    task = f'<serviceTask {CAMUNDA} id="x" camunda:class="com.acme.Pay"/>'
    body = f'<process id="p" isExecutable="true">{task}</process>'
    bound = of(verdict(body, bindings={"class:com.acme.Pay": Binding("python", "bank:pay")}), "x")
    assert (bound.verdict, bound.by_person) == ("runs", False)
    person = of(verdict(body, bindings={"x": Binding("person", "accounting")}), "x")
    assert (person.verdict, person.by_person) == ("runs", True)


@pytest.mark.parametrize(
    ("body", "guided", "sentence"),
    [
        ('<process id="p"/>', None, "There is no process in it that could run."),
        ("", None, "There is no process in it that could run."),
        ('<process id="p"><userTask id="a"/></process>', False, "Runs. 1 asks a person."),
        ('<process id="p"><startEvent id="s"/></process>', False, "Runs. 1 step runs by itself."),
        ('<process id="p"><task id="a"/><task id="b"/></process>', True, "Runs with people's help. 2 ask a person."),
        (
            '<process id="p"><task id="a"/><task id="b"/><userTask id="c"/><serviceTask id="d"/></process>',
            False,
            "Runs. 2 steps run by themselves, 1 asks a person, 1 needs a binding.",
        ),
        (
            '<process id="p"><task id="a"/><receiveTask id="b"/></process>',
            False,
            "Runs only in part. 1 step runs by itself, 1 will not run.",
        ),
    ],
)
def test_the_whole_file_in_one_sentence(body: str, guided: bool | None, sentence: str) -> None:
    assert verdict(body, guided=guided).sentence == sentence


def test_each_process_is_judged_as_it_is_marked() -> None:
    said = verdict("""
      <process id="p" isExecutable="true"><task id="a"/></process>
      <process id="q" isExecutable="false"><task id="b"/></process>""")
    assert (of(said, "a").verdict, of(said, "b").verdict, said.guided) == ("runs", "guided", True)


def test_findings_come_in_the_order_of_the_file_and_name_the_worst() -> None:
    said = verdict("""
      <process id="p" isExecutable="true">
        <task id="a"/>
        <subProcess id="sub">
          <receiveTask id="b"/>
        </subProcess>
        <serviceTask id="c"/>
      </process>""")
    assert [finding.element_id for finding in said.findings] == ["a", "sub", "b", "c"]
    assert said.worst == "will_not_run"


@pytest.mark.parametrize("guided", [False, True, None])
def test_the_same_file_gets_the_same_verdict(guided: bool | None) -> None:
    for path in sorted(ELEMENTS.glob("*.bpmn")):
        definitions = bpmn.read(path.read_bytes(), path.name).definitions
        assert definitions is not None
        assert judge(definitions, guided=guided) == judge(definitions, guided=guided)


def test_the_diagrams_that_tests_run_are_said_to_run() -> None:
    lost = {}
    for path in sorted(ELEMENTS.glob("*.bpmn")):
        definitions = bpmn.read(path.read_bytes(), path.name).definitions
        assert definitions is not None
        lost[path.name] = [f.element_id for f in judge(definitions).findings if f.verdict == "will_not_run"]
    assert {name: elements for name, elements in lost.items() if elements} == {}


@pytest.mark.parametrize("construct", sorted(BACKED))
def test_nothing_runs_that_no_test_backs(construct: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its backing, every element that was said to run for it is said not to run; the others stay."""
    judging = import_module("engine.compiler.judge")  # the package offers the function under the module's name
    all_of_it = {path: read(path) for path in sorted(ELEMENTS.glob("*.bpmn"))}
    before = {path: judge(definitions, guided=False).findings for path, definitions in all_of_it.items()}
    monkeypatch.setattr(judging, "BACKED", BACKED - {construct})
    for path, definitions in all_of_it.items():
        for was, now in zip(before[path], judge(definitions, guided=False).findings, strict=True):
            assert now == was or (now.verdict, now.code) == ("will_not_run", "untested")
            assert now == was or now.reason == f"{construct} is not done yet."


def read(path: Path) -> m.Definitions:
    definitions = bpmn.read(path.read_bytes(), path.name).definitions
    assert definitions is not None
    return definitions


def test_what_an_event_refers_to_counts_as_what_it_is() -> None:
    said = verdict("""
      <message id="m" name="m"/><messageEventDefinition id="shared" messageRef="m"/>
      <process id="p" isExecutable="true">
        <startEvent id="s"><eventDefinitionRef>shared</eventDefinitionRef></startEvent>
        <intermediateThrowEvent id="t"><eventDefinitionRef>shared</eventDefinitionRef></intermediateThrowEvent>
      </process>""")
    assert {finding.verdict for finding in said.findings} == {"runs"}


@pytest.mark.parametrize("guided", [False, True])
def test_what_has_no_id_is_judged_too(guided: bool) -> None:
    said = verdict("<process><startEvent/><task/><exclusiveGateway/><subProcess><task/></subProcess></process>")
    assert [finding.kind for finding in said.findings] == [
        "startEvent",
        "task",
        "exclusiveGateway",
        "subProcess",
        "task",
    ]
