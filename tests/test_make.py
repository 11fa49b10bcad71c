"""What `make run` says on a machine where something is missing: a line in plain words, and how to mend it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEEDED = ("sh", "env", "cat", "grep", "sed", "mkdir", "rm", "touch")
OLD = """#!/bin/sh
case "$*" in *--version*) echo "Python 3.9.2" ;; *) exit 1 ;; esac
"""
WITHOUT_VENV = """#!/bin/sh
case "$*" in *ensurepip*) exit 1 ;; *'version_info['*) echo 3.12 ;; esac
"""
WITHOUT_ROOM = """#!/bin/sh
case "$*" in *'-m venv'*) exit 1 ;; esac
"""

MakeEnvironment = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def make_environment(tmp_path: Path) -> MakeEnvironment:
    """Runs the script where `python3` is the one given, or none; nobody there is root."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in NEEDED:
        found = shutil.which(name)
        assert found, name
        (programs / name).symlink_to(found)

    def put(name: str, text: str) -> None:
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)

    def run(python: str | None = None, *, wanted: str = "") -> subprocess.CompletedProcess[str]:
        put("id", "#!/bin/sh\necho 1000\n")
        if python is not None:
            put("python3", python)
        command = [str(ROOT / "scripts" / "make-environment"), str(tmp_path / "venv"), *([wanted] if wanted else [])]
        environment = {**os.environ, "PATH": str(programs)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)

    return run


@pytest.mark.parametrize(
    ("python", "told"),
    [
        (None, "Missing: Python 3.11 or newer (here: no python3 at all). Install it, or name one: make PYTHON="),
        (OLD, "Missing: Python 3.11 or newer (here: Python 3.9.2). Install it, or name one: make PYTHON="),
        (WITHOUT_VENV, "Missing: Python's venv module. On Debian or Ubuntu: sudo apt-get install python3.12-venv"),
        (WITHOUT_ROOM, "Could not make a virtual environment in "),
    ],
    ids=["no python", "an old python", "no venv module", "no room"],
)
def test_what_is_missing_is_said_in_a_line(make_environment: MakeEnvironment, python: str | None, told: str) -> None:
    done = make_environment(python)
    assert done.returncode == 1
    assert done.stderr.startswith(told)
    assert done.stderr.count("\n") == 1
    assert not done.stdout


def test_a_python_that_is_named_and_is_none_is_not_taken(make_environment: MakeEnvironment) -> None:
    done = make_environment(OLD, wanted="/not/there/python3.12")
    assert done.returncode == 1
    assert done.stderr.startswith("Missing: Python 3.11 or newer")


def test_the_newest_of_several_is_found_behind_an_old_one(make_environment: MakeEnvironment, tmp_path: Path) -> None:
    good = tmp_path / "bin" / "python3.13"
    good.write_text('#!/bin/sh\ncase "$*" in *"-m venv"*) echo made ;; esac\n', encoding="utf-8")
    good.chmod(0o755)
    done = make_environment(OLD)
    assert (done.returncode, done.stdout.strip()) == (0, "made")
