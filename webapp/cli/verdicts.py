"""Judging a file from the command line: what was read, what of it will run, and the exit code that says the worst."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import bpmn
from bpmn.problems import Problem
from engine.compiler import judge
from engine.deployment import refusals_of
from engine.services import Binding
from webapp.cli.bindings import beside

VERDICTS = ("runs", "ignored_safely", "runs_with_binding", "guided", "will_not_run")
WORDS = {
    "runs": "✓ runs",
    "ignored_safely": "– ignored safely",
    "runs_with_binding": "⚭ runs with binding",
    "guided": "☞ guided",
    "will_not_run": "✕ will not run",
    "refused": "✕ refused",
    "unreadable": "✕ unreadable",
}
COLOURS = {
    WORDS["runs"]: "green",
    WORDS["ignored_safely"]: "bright_black",
    WORDS["runs_with_binding"]: "blue",
    WORDS["guided"]: "magenta",
    WORDS["will_not_run"]: "red",
    WORDS["refused"]: "red",
    WORDS["unreadable"]: "red",
}
EXIT_CODES = {
    "runs": 0,
    "ignored_safely": 0,
    "runs_with_binding": 1,
    "guided": 2,
    "will_not_run": 3,
    "refused": 4,
    "unreadable": 4,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One file, judged. `findings` is empty when nothing could be read."""

    file: str
    worst: str
    sentence: str
    dialect: str = ""
    tool: str = ""
    findings: tuple[Any, ...] = ()
    problems: tuple[Problem, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.worst]

    @property
    def row(self) -> dict[str, Any]:
        """The file's line in a summary."""
        return {
            "file": self.file,
            "written_by": self.tool or self.dialect,
            **{verdict: self.counts.get(verdict) or None for verdict in VERDICTS},
            "verdict": WORDS[self.worst],
        }

    @property
    def document(self) -> dict[str, Any]:
        """Everything about the file, for programs."""
        return {
            "file": self.file,
            "verdict": self.worst,
            "sentence": self.sentence,
            "dialect": self.dialect,
            "tool": self.tool,
            "counts": self.counts,
            "findings": self.findings,
            "problems": self.problems,
        }


def judge_file(path: Path, *, guided: bool | None, bindings: dict[str, Binding] | None = None) -> Judgement:
    """Read and judge one file; whatever its bytes are, there is a judgement."""
    try:
        data = path.read_bytes()
    except OSError as failure:
        return Judgement(str(path), "unreadable", f"The file cannot be opened: {failure.strerror or failure}.")
    reading = bpmn.read(data, path.name)
    definitions, problems = reading.definitions, tuple(reading.problems)
    refusals = refusals_of(reading, guided)
    if definitions is None:
        reason = str(refusals[0]) if refusals else "It holds no BPMN."
        return Judgement(str(path), "unreadable", reason, problems=problems)
    tool = " ".join(part for part in (definitions.tool, definitions.tool_version) if part)
    if refusals:
        sentence = f"It cannot be deployed: {refusals[0]}"
        return Judgement(str(path), "refused", sentence, definitions.dialect, tool, problems=problems)
    verdict = judge(definitions, guided=guided, bindings=beside(path) if bindings is None else bindings)
    return Judgement(
        file=str(path),
        worst=verdict.worst,
        sentence=verdict.sentence,
        dialect=definitions.dialect,
        tool=tool,
        findings=tuple(verdict.findings),
        problems=problems,
        counts=dict(Counter(finding.verdict for finding in verdict.findings)),
    )
