"""The `procession` command itself: its table, its usage errors, its failures in plain words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from webapp.cli import SUBCOMMANDS, USAGE_ERROR, build_parser, main

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", [name for name, _, _ in SUBCOMMANDS])
def test_every_subcommand_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser(name).parse_args([name, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert "--json" in text
    assert "usage: procession " + name in text


@pytest.mark.parametrize("name", [name for name, _, _ in SUBCOMMANDS])
def test_every_subcommand_is_documented(name: str) -> None:
    assert f"procession {name}" in (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [[], ["dance"], ["check"], ["start", "x", "--no-such-option"]])
def test_a_wrong_call_is_told_apart_from_a_verdict(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == USAGE_ERROR
    assert "usage: procession" in capsys.readouterr().err


def test_a_failure_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tasks", "--database", "mysql://nowhere"]) == 1
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert "mysql is no database that is supported. Use SQLite or PostgreSQL." in told.err


def test_a_failure_is_a_document_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tasks", "--json", "--database", "mysql://nowhere"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document == {"error": "mysql is no database that is supported.", "fix": "Use SQLite or PostgreSQL."}
