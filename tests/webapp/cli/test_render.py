"""`procession render`: a picture of a file, whatever it holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from webapp.cli import main

BARE = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
<process id="p" isExecutable="true"><startEvent id="s"/><task id="a" name="Pack it"/><sequenceFlow id="f" sourceRef="s"
targetRef="a"/></process></definitions>"""


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file without a diagram, in the folder that the command is called in."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "bare.bpmn"
    path.write_text(BARE, encoding="utf-8")
    return path


def test_a_file_without_a_diagram_becomes_a_picture_beside(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", str(bare)]) == 0
    svg = Path("bare.svg").read_text(encoding="utf-8")
    assert "Pack it" in svg
    assert "var(" not in svg
    assert "bare.svg shows bare.bpmn." in capsys.readouterr().out


def test_the_ending_says_what_is_written(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", str(bare), "-o", "picture.png", "--dark"]) == 0
    assert Path("picture.png").read_bytes().startswith(b"\x89PNG")
    assert main(["render", str(bare), "-o", "picture.jpg"]) == 1
    assert ".svg" in capsys.readouterr().err


def test_a_copy_of_the_file_has_the_diagram_and_the_file_none(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = bare.read_bytes()
    assert main(["render", str(bare), "-o", "drawn.bpmn"]) == 0
    copy = Path("drawn.bpmn").read_text(encoding="utf-8")
    assert "BPMNShape" in copy
    assert 'name="Pack it"' in copy
    assert main(["render", str(bare), "-o", "./bare.bpmn"]) == 1
    assert "is the file itself" in capsys.readouterr().err
    assert bare.read_bytes() == before


def test_to_standard_output(bare: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["render", str(bare), "-o", "-"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"<svg ")


def test_verdicts_are_colours(bare: Path) -> None:
    assert main(["render", str(bare), "-o", "plain.svg"]) == 0
    assert main(["render", str(bare), "-o", "judged.svg", "--verdict", "--guided"]) == 0
    assert Path("plain.svg").read_bytes() != Path("judged.svg").read_bytes()


def test_a_diagram_that_is_not_there(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", str(bare), "--diagram", "2", "--json"]) == 1
    assert "no diagram 2" in json.loads(capsys.readouterr().out)["error"]


def test_what_is_no_bpmn(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare.write_text("a letter", encoding="utf-8")
    assert main(["render", str(bare)]) == 4
    assert "cannot be read" in capsys.readouterr().err
