"""Each sample's README is a story that is true: its commands are run, and what it says they print is printed."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from webapp.cli import main

ROOT = Path(__file__).parents[2]
READMES = sorted((ROOT / "samples").glob("*/README.md"))


@dataclass
class Step:
    """A command and the lines that its output must hold; `…` stands for anything in between.

    A first line that begins with `!` says that the command does not end with exit code 0; its rest is printed, too.
    """

    line: int
    words: list[str]
    expected: list[str] = field(default_factory=list)


def steps(readme: Path) -> list[Step]:
    found: list[Step] = []
    inside = False
    for number, line in enumerate(readme.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            found.append(Step(number, shlex.split(line[2:])))
        elif inside and line.strip():
            found[-1].expected.append(line.strip())
    return found


def appear_in_order(parts: list[str], text: str) -> bool:
    return re.search(".*".join(re.escape(part) for part in parts), text, re.DOTALL) is not None


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.parent.name)
def test_the_story_is_true(
    readme: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DATABASE_URL", database_url)
    story = steps(readme)
    assert story, "a sample's README shows how it is used"
    for step in story:
        where = f"{readme.parent.name}/README.md:{step.line}: {shlex.join(step.words)}"
        if step.words[0] == "export":
            export(step.words[1:], monkeypatch)
            continue
        assert step.words[0] == "procession", where
        code = main(step.words[1:])
        printed = "\n".join(capsys.readouterr())
        fails = bool(step.expected) and step.expected[0].startswith("!")
        assert bool(code) == fails, f"{where} ended with {code}\n{printed}"
        expected = [line.removeprefix("!") for line in step.expected]
        for line in expected:
            parts = [part.strip() for part in line.split("…")]
            assert appear_in_order(parts, printed), f"{where} does not print {line!r}\n{printed}"


def export(assignments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for assignment in assignments:
        name, _, value = assignment.partition("=")
        monkeypatch.setenv(name, value)
        if name == "PYTHONPATH":
            monkeypatch.syspath_prepend(str(ROOT / value))
