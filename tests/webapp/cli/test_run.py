"""`procession run`: a model to its end in the terminal, answered by chance, a file, or the person there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from webapp.cli import main

SAMPLES = Path(__file__).parents[3] / "samples"
INVOICE = str(SAMPLES / "invoice-approval" / "invoice-approval.bpmn")
ORDER = str(SAMPLES / "order-handling" / "order-handling.bpmn")

MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="p" name="Probe" isExecutable="true">
  <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
  {body}
  <sequenceFlow id="f2" sourceRef="a" targetRef="e"/><endEvent id="e" name="Reached"/>
</process></definitions>"""


def model(tmp_path: Path, body: str) -> str:
    path = tmp_path / "probe.bpmn"
    path.write_text(MODEL.format(body=body), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("seed", range(5))
def test_the_samples_end_whatever_is_answered(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", ORDER, "--random", str(seed)]) == 0
    assert main(["run", INVOICE, "--random", str(seed)]) == 0
    assert "completed" in capsys.readouterr().out


def test_the_same_seed_gives_the_same_run(capsys: pytest.CaptureFixture[str]) -> None:
    def told() -> list[str]:
        main(["run", INVOICE, "--random", "7", "--json"])
        return [event["kind"] + str(event["element_id"]) for event in json.loads(capsys.readouterr().out)["history"]]

    assert told() == told()


def test_answers_come_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.json"
    invoice = {"supplier": "ACME", "invoice_number": "1", "amount": 100, "iban": "DE1"}
    story = [
        {"task": "Record invoice", "variables": invoice},
        {"task": "Approve as manager", "variables": {"decision": "approve"}},
        {"task": "Pay invoice", "variables": {"payment_reference": "PAY-1"}},
        {"task": "book_payment", "variables": {"ledger_account": "4400"}},
    ]
    answers.write_text(json.dumps(story), encoding="utf-8")
    assert main(["run", INVOICE, "--answers", str(answers)]) == 0
    text = capsys.readouterr().out
    assert "✓ Invoice paid" in text
    assert "payment_reference = PAY-1" in text


def test_the_person_at_the_terminal_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["note=seen; count=2"])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
    assert main(["run", model(tmp_path, '<userTask id="a" name="Look at it"/>')]) == 0
    text = capsys.readouterr().out
    assert "Look at it" in text
    assert "count = 2" in text


def test_timers_do_not_keep_one_waiting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = (
        '<intermediateCatchEvent id="a" name="A month"><timerEventDefinition id="t">'
        "<timeDuration>P30D</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    )
    assert main(["run", model(tmp_path, body), "--random", "1"]) == 0
    assert "✓ Reached" in capsys.readouterr().out


def test_programs_are_not_called_unless_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(model(tmp_path, '<serviceTask id="a" name="Call"/>'))
    binding = {"a": {"kind": "python", "target": "no_such_module:no_such_function"}}
    path.with_suffix(".bindings.json").write_text(json.dumps(binding), encoding="utf-8")
    assert main(["run", str(path), "--random", "1"]) == 0
    assert main(["run", str(path), "--random", "1", "--services"]) == 1
    assert "PROCESSION_PYTHON_MODULES" in capsys.readouterr().out


def test_an_incident_is_told_and_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = model(
        tmp_path, '<scriptTask id="a" name="Divide" scriptFormat="python"><script>x = 1 / 0</script></scriptTask>'
    )
    assert main(["run", path, "--random", "1"]) == 1
    assert "Incident at Divide" in capsys.readouterr().out


def test_what_never_ends_is_given_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = '<userTask id="a" name="Again"/><sequenceFlow id="f3" sourceRef="e2" targetRef="a"/><task id="e2"/>'
    looping = model(tmp_path, body)
    text = Path(looping).read_text(encoding="utf-8").replace('targetRef="e"/>', 'targetRef="e2"/>')
    Path(looping).write_text(text, encoding="utf-8")
    assert main(["run", looping, "--random", "1", "--most", "20"]) == 1
    assert "Given up after 20 acts" in capsys.readouterr().out


def test_a_file_that_is_no_model_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.bpmn"
    path.write_bytes(b"PK\x03\x04")
    assert main(["run", str(path), "--random", "1"]) == 4
    assert "cannot be read" in capsys.readouterr().err


def test_chance_gives_what_the_next_decision_reads(tmp_path: Path) -> None:
    """Nothing but the condition says that the task decides about `approved`."""
    path = Path(model(tmp_path, '<userTask id="a" name="Look"/>'))
    text = path.read_text(encoding="utf-8").replace(
        '<sequenceFlow id="f2" sourceRef="a" targetRef="e"/>',
        '<sequenceFlow id="f2" sourceRef="a" targetRef="g"/><exclusiveGateway id="g" default="no"/>'
        '<sequenceFlow id="yes" sourceRef="g" targetRef="e"><conditionExpression>approved == True</conditionExpression>'
        '</sequenceFlow><sequenceFlow id="no" sourceRef="g" targetRef="a"/>',
    )
    path.write_text(text, encoding="utf-8")
    assert main(["run", str(path), "--random", "3"]) == 0
