"""`procession run` with several files: one calls another, one writes to another; and what a start form asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from webapp.cli import main

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">"""
CALLER = f"""{HEAD}<process id="hire" name="Hire" isExecutable="true"><startEvent id="s"/>
  <callActivity id="c" name="Check" calledElement="check"/>
  <sequenceFlow id="f" sourceRef="s" targetRef="c"/></process></definitions>"""
CALLED = f"""{HEAD}<process id="check" name="Check papers" isExecutable="true"><startEvent id="s"/>
  <userTask id="c" name="Look at the papers"/>
  <sequenceFlow id="f" sourceRef="s" targetRef="c"/></process></definitions>"""
SENDER = f"""{HEAD}<message id="m" name="order"/><process id="shop" name="Shop" isExecutable="true"><startEvent id="s"/>
  <sendTask id="send" name="Order" messageRef="m"/>
  <sequenceFlow id="f" sourceRef="s" targetRef="send"/></process></definitions>"""
RECEIVER = f"""{HEAD}<message id="m" name="order"/><process id="supply" name="Supplier" isExecutable="true">
  <startEvent id="got"><messageEventDefinition messageRef="m"/></startEvent><userTask id="pack" name="Pack"/>
  <sequenceFlow id="f" sourceRef="got" targetRef="pack"/></process></definitions>"""
ASKING = f"""{HEAD}<process id="claim" name="Claim" isExecutable="true"><startEvent id="s">
  <extensionElements><camunda:formData>
    <camunda:formField id="amount" label="How much" type="long"/>
    <camunda:formField id="why" label="What for" type="string" defaultValue="travel"/>
  </camunda:formData></extensionElements></startEvent><userTask id="t" name="Pay"/>
  <sequenceFlow id="f" sourceRef="s" targetRef="t"/></process></definitions>"""
LINKED = f"""{HEAD}<process id="claim" name="Claim" isExecutable="true"><startEvent id="s" camunda:formRef="claim"
  camunda:formRefBinding="deployment"/><userTask id="t"/>
  <sequenceFlow id="f" sourceRef="s" targetRef="t"/></process></definitions>"""
FORM = {"id": "claim", "type": "default", "components": [{"key": "amount", "type": "number", "label": "How much"}]}


@pytest.fixture
def files(tmp_path: Path):
    def write(**contents: str) -> list[str]:
        for name, content in contents.items():
            (tmp_path / f"{name}.bpmn").write_text(content, encoding="utf-8")
        return [str(tmp_path / f"{name}.bpmn") for name in contents]

    return write


def told(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def test_one_file_calls_the_process_of_another(files, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", *files(called=CALLED, caller=CALLER), "--random", "1"]) == 0
    text = capsys.readouterr().out
    # Both have an element `c`; each is called what its own file says.
    assert "✓ Look at the papers" in text
    assert "Hire: ✓ Check" in text
    assert text.count(": completed") >= 2


def test_what_one_file_sends_another_is_started_by(files, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", *files(a=SENDER, b=RECEIVER), "--random", "1", "--json"]) == 0
    assert {each["key"] for each in told(capsys)["instances"]} == {"shop", "supply"}


def test_one_of_several_may_be_named(files, capsys: pytest.CaptureFixture[str]) -> None:
    paths = files(called=CALLED, caller=CALLER)
    assert main(["run", *paths, "--random", "1", "--process", "Check papers", "--json"]) == 0
    assert [each["key"] for each in told(capsys)["instances"]] == ["check"]
    assert main(["run", *paths, "--random", "1", "--process", "nothing"]) != 0
    assert "There is: Check papers, Hire." in capsys.readouterr().err


def test_files_of_one_name_do_not_go_together(files, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = files(a=CALLED)
    assert main(["run", path, path, "--random", "1"]) != 0
    assert "same name" in capsys.readouterr().err


def test_the_start_form_is_asked_but_for_what_is_given(files, monkeypatch, capsys: pytest.CaptureFixture[str]) -> None:
    questions: list[str] = []
    typed = iter(["much", "12", "", ""])

    def read(question: str) -> str:
        questions.append(question.strip())
        return next(typed)

    monkeypatch.setattr("builtins.input", read)
    assert main(["run", *files(a=ASKING)]) == 0
    assert questions[:3] == ["How much", "How much", "What for [travel]"]
    text = capsys.readouterr().out
    assert "To start Claim:" in text
    assert "amount = 12" in text
    assert "why = travel" in text
    questions.clear()
    typed = iter([""])
    assert main(["run", *files(a=ASKING), "--var", "amount=3", "--var", "why=food"]) == 0
    assert questions == ["Variables to set (name=value, several with ;), or Enter"]


def test_chance_fills_the_start_form_and_a_file_may(files, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = files(a=ASKING)
    assert main(["run", *paths, "--random", "1", "--json"]) == 0
    values = {each["name"]: each["value"] for each in told(capsys)["history"] if each["kind"] == "variable-set"}
    assert values["why"] == "travel"
    assert isinstance(values["amount"], int)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps([{"task": "Claim", "variables": {"amount": 7}}, {"task": "Pay"}]), encoding="utf-8")
    assert main(["run", *paths, "--answers", str(answers), "--json"]) == 0
    values = {each["name"]: each["value"] for each in told(capsys)["history"] if each["kind"] == "variable-set"}
    assert values == {"amount": 7}


@pytest.mark.parametrize("named", [True, False])
def test_a_form_that_lies_beside_the_model_is_found(
    named: bool, files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = files(a=LINKED)
    form = tmp_path / "claim.form"
    form.write_text(json.dumps(FORM), encoding="utf-8")
    assert main(["run", path, *([str(form)] if named else []), "--random", "1", "--json"]) == 0
    assert "amount" in {each["name"] for each in told(capsys)["history"] if each["kind"] == "variable-set"}
