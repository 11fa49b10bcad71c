"""What the documents refer to is there: files, make targets, subcommands, packages."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest

from webapp.cli import SUBCOMMANDS

ROOT = Path(__file__).parent.parent
SKIPPED = {".venv", "node_modules", "var", ".git"}
DOCUMENTS = sorted(path for path in ROOT.rglob("*.md") if not SKIPPED & set(path.relative_to(ROOT).parts))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", text(document))
    missing = [target for target in targets if "://" not in target and not (document.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_exist(document: Path) -> None:
    makefile = text(ROOT / "Makefile")
    targets = re.findall(r"`make ([a-z]+)|^make ([a-z]+)", text(document), re.MULTILINE)
    assert [name for pair in targets for name in pair if name and f"\n{name}:" not in makefile] == []
    known = {name for name, _, _ in SUBCOMMANDS}
    used = re.findall(r"(?:`|^\$ |/bin/)procession ([a-z]+)", text(document), re.MULTILINE)
    assert [name for name in used if name not in known] == []


def test_settings_are_read_by_the_code() -> None:
    read = set()
    for package in ("engine", "webapp", "examples"):
        for path in (ROOT / package).rglob("*.py"):
            read |= set(re.findall(r"[\"'](PROCESSION_[A-Z_]+)[\"']", text(path)))
    said = {name for path in DOCUMENTS for name in re.findall(r"PROCESSION_[A-Z_]*[A-Z]", text(path))}
    assert said - read == set()


def test_pictures_are_those_that_are_taken_and_each_is_shown() -> None:
    taken = {each.name for each in runpy.run_path(str(ROOT / "scripts" / "make_pictures.py"))["SHOWN"]}
    assert {path.stem for path in (ROOT / "docs" / "pictures").iterdir()} == taken
    assert {name for path in DOCUMENTS for name in re.findall(r"pictures/([\w-]+)\.png", text(path))} == taken


def test_metrics_are_those_there_are() -> None:
    code = text(ROOT / "webapp" / "metrics.py")
    said = set(re.findall(r"`(procession_[a-z_]+)`", text(ROOT / "docs" / "operations.md")))
    kinds = {f"procession_jobs_{name}" for name in ("waiting", "due", "late", "exhausted")}
    assert {name for name in said - kinds if f'"{name}"' not in code} == set()


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[\[<>=! ]", requirement)[0] for requirement in named]
    reasons = text(ROOT / "docs" / "dependencies.md").casefold()
    assert [name for name in names if name.casefold() not in reasons] == []
