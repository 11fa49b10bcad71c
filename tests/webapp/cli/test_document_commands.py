"""What the documents tell a reader to type is typed: it works, or it is at least what the command line takes."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from webapp.cli import build_parser

ROOT = Path(__file__).parents[3]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md"), *ROOT.glob("engine/**/*.md")]
)
PROCEDURE = "#!/bin/sh\nexec {python} -c 'import sys; from webapp.cli import main; sys.exit(main())' \"$@\"\n"
# What a document leaves open, filled in; what stands in small letters is meant as it stands.
OPEN = {"NUMBER:DIGEST": "3:00", "…": "read", "...": "read", "8080": "8080"}
GROUPS = {"user", "token", "audit", "db"}
# The exit codes of `check` are its answer.
ANSWERS = range(5)


def blocks(document: Path) -> list[list[str]]:
    """The commands of each shell block, without the comments behind them."""
    found = re.findall(r"^```sh\n(.*?)^```", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [[re.sub(r"\s+#.*", "", line) for line in block.splitlines() if line.strip()] for block in found]


def mentioned() -> list[tuple[str, str]]:
    """Every `procession …` in a document, with where it stands."""
    found = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        name = document.relative_to(ROOT).as_posix()
        lines = [line for block in blocks(document) for line in block]
        spoken = re.findall(r"`((?:\.venv/bin/)?procession [a-z][^`\n]*)`", text)
        calls = [re.sub(r"^.*?procession (?=[a-z])", "", each) for each in lines if "bin/procession " in each]
        calls += [re.sub(r"^.*?procession ", "", each) for each in spoken]
        found += [(name, call.removesuffix(")").split(") ")[0]) for call in calls]
    return sorted(set(found))


@pytest.mark.parametrize(("document", "call"), mentioned())
def test_the_command_line_takes_what_the_documents_mention(document: str, call: str) -> None:
    words = [OPEN.get(word, word) for word in shlex.split(call)]
    if len(words) == 1 or (len(words) == 2 and words[0] in GROUPS):
        # Spoken of by its name; what it needs is said elsewhere.
        words.append("--help")
    try:
        build_parser(words[0]).parse_args(words)
        accepted = True
    except SystemExit as ended:
        accepted = not ended.code
    assert accepted, f"{document}: {call}"


@pytest.fixture
def shell(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs lines in a folder that looks like this one, where `.venv/bin/procession` is this code."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    program = tmp_path / ".venv" / "bin" / "procession"
    program.parent.mkdir(parents=True)
    program.write_text(PROCEDURE.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    path = os.pathsep.join(each for each in sys.path if each)

    def run(*lines: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": path, "DATABASE_URL": "", **settings}
        return subprocess.run(
            ["sh", "-c", "\n".join(lines)], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
        )

    return run


@pytest.mark.parametrize("document", ["README.md", "docs/import.md"])
def test_what_needs_no_server_works_as_it_stands(document: str, shell) -> None:
    lines = [line for block in blocks(ROOT / document) for line in block if line.startswith(".venv/bin/procession")]
    assert lines
    for line in lines:
        done = shell(line)
        assert done.returncode in (ANSWERS if " check " in line else [0]), f"{line}\n{done.stderr}"
        assert done.stdout.strip(), line
        assert "Traceback" not in done.stderr


def test_the_api_answers_to_what_its_document_types(serve, shell, tmp_path: Path) -> None:
    ((*lines, first, second),) = [block for block in blocks(ROOT / "docs" / "api.md") if "TOKEN=" in block[0]]
    server = serve(f"sqlite:///{tmp_path / 'api.db'}", "--demo")
    server.wait_until_ready()
    for line, wanted in ((first, '"Record invoice"'), (second, '{"id": ')):
        typed = "\n".join([*lines, line.replace("http://localhost:8080", server.address).replace("curl", "curl -fsS")])
        done = shell(typed, DATABASE_URL=f"sqlite:///{tmp_path / 'api.db'}")
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        assert wanted in done.stdout, done.stdout
