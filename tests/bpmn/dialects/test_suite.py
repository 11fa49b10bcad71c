"""The suite that every dialect passes: one construct, said in each vendor's words in `suite/`, read alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import bpmn
from bpmn import dialects
from bpmn.model import Definitions
from bpmn.model.execution import (
    Assignment,
    CalledElement,
    Code,
    DecisionCall,
    Form,
    Job,
    Listener,
    Loop,
    Mapping,
    Timer,
)

FILES = Path(__file__).parent / "suite"
CONFORMANCE = Path(__file__).resolve().parents[3].parent / "shared" / "conformance"


def text(value: str) -> Code:
    return Code(value, "text")


def juel(value: str) -> Code:
    return Code(value, "juel")


def feel(value: str) -> Code:
    return Code(value, "feel")


def var(name: str) -> Code:
    return Code(name, "variable")


def program(value: str, language: str) -> Code:
    return Code(value, language, script=True)


def call(
    key: Code, *, inputs: tuple[Mapping, ...] = (), outputs: tuple[Mapping, ...] = (), all_in: bool = False
) -> dict[str, Any]:
    called = CalledElement(key, inputs=inputs, outputs=outputs, inherit_variables=all_in, propagate_all=all_in)
    return {"called": called}


FAMILY = "camunda7 flowable activiti"
PLAIN = "bpmn spiffworkflow"

# Construct → dialects → what is read there. None: these dialects have no word for it.
CONSTRUCTS: dict[str, dict[str, Any]] = {
    "assignee": {f"{FAMILY} {PLAIN} zeebe jbpm": {"assignment": Assignment(assignee=text("kermit"))}},
    "assignee_expression": {
        f"{FAMILY} {PLAIN}": {"assignment": Assignment(assignee=juel("${boss}"))},
        "zeebe": {"assignment": Assignment(assignee=feel("boss"))},
        "jbpm": {"assignment": Assignment(candidate_users=(juel("#{boss}"),)), "inputs": ()},
    },
    "candidate_groups": {
        f"{FAMILY} {PLAIN} zeebe jbpm": {"assignment": Assignment(candidate_groups=(text("sales"), text("finance")))},
    },
    "due_date": {
        FAMILY: {"assignment": Assignment(due_date=juel("${due}"))},
        "zeebe": {"assignment": Assignment(due_date=feel("due"))},
        "jbpm": {"assignment": Assignment(due_date=text("P2D"))},
        PLAIN: None,
    },
    "form_key": {
        f"{FAMILY} zeebe jbpm": {"form": Form(key=text("approve"))},
        "spiffworkflow": {"form": Form(ref=text("approve.json"))},
        "bpmn": None,
    },
    "class": {
        FAMILY: {"job": Job("class", text("org.Pay"))},
        "jbpm": {"job": Job("class", text("org.Pay.go"))},
        f"{PLAIN} zeebe": None,
    },
    "job": {
        "camunda7 flowable": {"job": Job("external", text("charge"))},
        "zeebe": {"job": Job("external", text("charge"), fields=(("k", text("v")),)), "retry": text("5")},
        "jbpm": {"job": Job("external", text("charge"), fields=(("amount", text("5")),))},
        "bpmn": {"job": Job("operation", text("charge"))},
        "spiffworkflow": {
            "job": Job("connector", text("http/Get"), "r", fields=(("url", Code('base + "/x"', "python")),))
        },
        "activiti": None,
    },
    "retries": {
        FAMILY: {"retry": text("R3/PT10M")},
        "zeebe": {"retry": feel("n")},
        "spiffworkflow": {"retry": text("4")},
        "bpmn jbpm": None,
    },
    "call": {
        FAMILY: call(text("child"), inputs=(Mapping(var("a"), "b"),), outputs=(Mapping(juel("${c+1}"), "d"),)),
        "zeebe": {"called": CalledElement(key=text("child"), inherit_variables=True)},
        "jbpm": call(text("child"), inputs=(Mapping(var("a"), "b"),)),
        PLAIN: call(text("child"), all_in=True),
    },
    "call_by_expression": {
        FAMILY: call(juel("${which}")),
        "jbpm": call(juel("#{which}")),
        "zeebe": call(feel("which"), all_in=True),
        PLAIN: call(juel("${which}"), all_in=True),
    },
    "loop": {
        f"{FAMILY} {PLAIN} jbpm": {"loop": Loop(collection=var("items"), element_variable="item")},
        "zeebe": {"loop": Loop(feel("items"), "item", output_collection="out", output_element=feel("r"))},
    },
    "listener": {
        FAMILY: {"listeners": (Listener("start", "expression", juel("${log.go()}")),)},
        "zeebe": {"listeners": (Listener("start", "job", text("log"), retry=text("3")),)},
        "jbpm": {"listeners": (Listener("start", "script", program("go();", "java")),)},
        "spiffworkflow": {"listeners": (Listener("start", "script", program("a = 1", "python")),)},
        "bpmn": None,
    },
    "message_name": {
        f"{FAMILY} {PLAIN} jbpm": {"message_name": juel("paid-${id}")},
        "zeebe": {"message_name": feel('"paid-" + id')},
    },
    "script": {
        FAMILY: {"script": program("a = 1", "groovy")},
        "zeebe": {"script": feel("1+2"), "script_result_variable": "r"},
        "jbpm": {"script": program("go();", "java")},
        PLAIN: {"script": program("a = 1", "python")},
    },
    "asynchronous": {f"{FAMILY} jbpm": {"async_before": True}, f"{PLAIN} zeebe": None},
    "starters": {FAMILY: {"initiator": "who"}, f"{PLAIN} zeebe jbpm": None},
    "timer": {
        FAMILY: {"timer": Timer("duration", text("PT1H"))},
        "zeebe": {"timer": Timer("duration", feel("wait"))},
        "jbpm": {"timer": Timer("duration", text("1h30m"))},
        PLAIN: {"timer": Timer("cycle", text("0 0 12 * * ?"))},
    },
    "decision": {
        "camunda7": {"decision": DecisionCall(text("risk"), result_variable="r", shape="singleEntry")},
        "flowable": {"decision": DecisionCall(text("risk"), shape="variables"), "job": None},
        "zeebe": {"decision": DecisionCall(text("risk"), "deployment", result_variable="r", shape="result")},
        "jbpm spiffworkflow": {"decision": DecisionCall(text("risk"), shape="variables")},
        "bpmn activiti": None,
    },
    "input_mapping": {
        "camunda7": {"inputs": (Mapping(juel("${a}"), "b"),)},
        "zeebe": {"inputs": (Mapping(feel("a"), "b"),)},
        f"{PLAIN} jbpm": {"inputs": (Mapping(var("a"), "b"),)},
        "flowable activiti": None,
    },
}

ANSWERS = [
    (construct, dialect, expected)
    for construct, answers in CONSTRUCTS.items()
    for names, expected in answers.items()
    for dialect in names.split()
]


@pytest.fixture(scope="module")
def files() -> dict[str, Definitions]:
    found = {path.stem: bpmn.read(path.read_bytes(), path.name).definitions for path in FILES.glob("*.bpmn")}
    return {dialect: definitions for dialect, definitions in found.items() if definitions is not None}


@pytest.mark.parametrize(("construct", "dialect", "expected"), ANSWERS)
def test_a_construct_in_the_words_of_a_dialect(
    construct: str, dialect: str, expected: dict[str, Any] | None, files: dict[str, Definitions]
) -> None:
    element = files[dialect].resolve(construct)
    if expected is None:
        assert element is None
        return
    assert element is not None
    found = dialects.execution(files[dialect], element)
    assert {name: getattr(found, name) for name in expected} == expected


def test_every_dialect_answers_for_every_construct() -> None:
    every = {"bpmn", *dialects.DIALECTS}
    answered = {construct: sorted(d for c, d, _ in ANSWERS if c == construct) for construct in CONSTRUCTS}
    assert answered == dict.fromkeys(CONSTRUCTS, sorted(every))


def test_the_files_are_in_the_dialect_of_their_name(files: dict[str, Definitions]) -> None:
    assert {name: definitions.dialect for name, definitions in files.items()} == {name: name for name in files}


@pytest.mark.skipif(not CONFORMANCE.is_dir(), reason="the conformance files are not beside the project")
def test_every_element_of_every_conformance_file_has_an_answer() -> None:
    read = 0
    for path in sorted(CONFORMANCE.rglob("*")):
        if path.suffix not in (".bpmn", ".bpmn2", ".xml") or not path.is_file():
            continue
        definitions = bpmn.read(path.read_bytes(), path.name).definitions
        if definitions is None:
            continue
        read += 1
        for element in definitions.walk():
            dialects.execution(definitions, element)
            dialects.unread(definitions, element)
    assert read > 1000
