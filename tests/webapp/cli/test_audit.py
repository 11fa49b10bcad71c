"""`procession audit` says whether the record of what was done is still as it was written."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from engine.commands import CreateGroup
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from webapp.cli import main

Audit = Callable[..., tuple[int, str]]


@pytest.fixture
def audit(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Audit:
    """Its exit code and what it prints, on a database in which seven groups were made."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    engine = ProcessEngine(database_url)
    for number in range(7):
        engine.execute(CreateGroup(f"group {number}"), SYSTEM)
    engine.close()

    def run(*words: str) -> tuple[int, str]:
        code = main(["audit", *words])
        printed = capsys.readouterr()
        return code, (printed.out + printed.err).strip()

    return run


def sql(url: str, statement: str) -> None:
    driver = "postgresql+psycopg" if url.startswith("postgresql") else "sqlite"
    database = create_engine(make_url(url).set(drivername=driver))
    with database.begin() as connection:
        connection.execute(text(statement))
    database.dispose()


def test_what_is_as_it_was_written(audit: Audit) -> None:
    code, head = audit("head")
    assert (code, head.split(":")[0], len(head)) == (0, "7", 66)
    assert audit("verify") == (0, f"Intact: 7 entries, the last {head}.")
    assert audit("verify", "--anchor", head)[0] == 0
    state: dict[str, Any] = json.loads(audit("verify", "--json")[1])
    assert (state["intact"], state["last"]["number"]) == (True, 7)


def test_what_is_not_is_named_and_told_by_the_exit_code(audit: Audit, database_url: str) -> None:
    sql(database_url, "UPDATE hi_act SET actor = 'bob' WHERE number = 3")
    sql(database_url, "DELETE FROM hi_act WHERE number IN (5, 7)")
    code, said = audit("verify")
    assert code == 2
    assert said.splitlines()[:3] == [
        "Entry 3 says something else than when it was written.",
        "Entry 5 was taken out.",
        "The last entry, 7, was taken away.",
    ]
    assert said.splitlines()[3].startswith("Up to entry 2, of 20")


def test_many_findings_are_counted(audit: Audit, database_url: str) -> None:
    engine = ProcessEngine(database_url)
    for number in range(110):
        engine.execute(CreateGroup(f"more {number}"), SYSTEM)
    engine.close()
    sql(database_url, "UPDATE hi_act SET actor = 'bob'")
    assert audit("verify")[1].splitlines()[100:] == ["17 more."]


@pytest.mark.parametrize("word", ["7", "7:abc", "x:" + "0" * 64, ""])
def test_what_is_no_entry_is_refused(audit: Audit, word: str) -> None:
    code, said = audit("verify", f"--anchor={word}")
    assert code == (1 if word else 0)
    assert ("is no entry" in said) == bool(word)
