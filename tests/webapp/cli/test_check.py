"""`procession check`: one file explained, many summed up, the exit code by the worst."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from webapp.cli import main

SAMPLES = Path(__file__).parents[3] / "samples"
INVOICE = SAMPLES / "invoice-approval" / "invoice-approval.bpmn"
ORDER = SAMPLES / "order-handling" / "order-handling.bpmn"

SIMPLE = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="p" isExecutable="true">
  <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/><endEvent id="e"/>
</process>
</definitions>"""


@pytest.fixture
def simple(tmp_path: Path) -> Path:
    path = tmp_path / "simple.bpmn"
    path.write_text(SIMPLE, encoding="utf-8")
    return path


def test_what_runs_exits_with_zero(simple: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(simple)]) == 0
    assert str(simple) in capsys.readouterr().out


def test_a_drawing_is_guided(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(ORDER)]) == 2
    text = capsys.readouterr().out
    assert "guided" in text
    assert "In stock?" in text


def test_a_service_needs_a_binding_until_it_has_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone = tmp_path / "invoice.bpmn"
    alone.write_bytes(INVOICE.read_bytes())
    assert main(["check", str(alone)]) == 1
    assert "Pay invoice" in capsys.readouterr().out
    assert main(["check", str(alone), "--bindings", str(INVOICE.with_suffix(".bindings.json"))]) == 0


def test_many_files_are_summed_up(simple: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(simple), str(ORDER)]) == 2
    text = capsys.readouterr().out
    assert "2 files: 1 runs, 1 guided." in text
    assert str(simple) in text


def test_a_folder_stands_for_its_files(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(SAMPLES)])
    assert "2 files:" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html/>", b"\xff\xfe\x00"])
def test_what_is_no_model_is_unreadable(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.bpmn"
    path.write_bytes(content)
    assert main(["check", str(path)]) == 4
    assert "Traceback" not in "".join(capsys.readouterr())


def test_what_contradicts_itself_is_refused(simple: Path, capsys: pytest.CaptureFixture[str]) -> None:
    simple.write_text(SIMPLE.replace('id="e"', 'id="s"'), encoding="utf-8")
    assert main(["check", str(simple)]) == 4
    assert "It cannot be deployed" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "none.bpmn")]) == 4
    assert "No such file" in capsys.readouterr().out


def test_programs_get_everything(simple: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", str(simple), str(ORDER)]) == 2
    first, second = json.loads(capsys.readouterr().out)
    assert first["verdict"] == "runs"
    assert second["verdict"] == "guided"
    assert {"element_id", "verdict", "line", "reason", "fix"} <= set(second["findings"][0])
