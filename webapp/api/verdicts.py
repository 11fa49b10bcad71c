"""Verdicts: what of a file will run, said before it is deployed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response

import bpmn
from bpmn.model import Definitions
from engine.compiler import Finding, judge
from engine.deployment import refusals_of
from engine.errors import Invalid
from engine.queries import Bindings
from engine.services.binding import Binding
from webapp.api import story
from webapp.api.answers import shown
from webapp.api.deployments import MODE, ReadProblem, form_of, mode_sent, uploaded_files
from webapp.api.schemas import one
from webapp.api.subject import Subject
from webapp.context import query

subject = Subject("verdicts", "What of a file will run, what asks people, what needs a binding, and why.")


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """`worst` is the gravest of the findings; with `refused` the file cannot be deployed, and these say why."""

    file: str
    dialect: str | None
    tool: str | None
    sentence: str
    worst: str
    guided: bool
    findings: tuple[Finding, ...]
    problems: tuple[ReadProblem, ...]
    refused: tuple[ReadProblem, ...]


BINDS = Finding(
    element_id="pay_invoice",
    name="Pay invoice",
    kind="serviceTask",
    verdict="runs_with_binding",
    line=230,
    reason="A worker does it that fetches the topic “pay_invoice”.",
    fix="Let a worker fetch the topic pay_invoice, or bind it.",
    code="external",
)
VERDICT = FileVerdict(
    file=story.FILE,
    dialect="camunda7",
    tool="Camunda Modeler",
    sentence="Runs. 9 steps run by themselves, 7 ask a person, 1 needs a binding.",
    worst="runs_with_binding",
    guided=False,
    findings=(BINDS,),
    problems=(),
    refused=(),
)


@subject.ask("/verdicts", one(VERDICT), needs="deploy", more=form_of(mode=MODE))
def judge_file() -> Response:
    """Judge one file without deploying it"""
    files = uploaded_files("mode")
    if len(files) != 1:
        raise Invalid("A verdict is about one file.", fix="Send one file.")
    (name, content), guided = next(iter(files.items())), mode_sent()
    reading = bpmn.read(content, name)
    problems = tuple(_problem(name, each) for each in reading.problems)
    definitions = reading.definitions
    if definitions is None:
        return shown(
            FileVerdict(name, None, None, "The file cannot be read.", "will_not_run", False, (), problems, problems)
        )
    refused = tuple(_problem(name, each) for each in refusals_of(reading, guided))
    if refused:
        sentence = "The file cannot be deployed as it is."
        return shown(
            FileVerdict(
                name, definitions.dialect, definitions.tool, sentence, "will_not_run", False, (), problems, refused
            )
        )
    said = judge(definitions, guided=guided, bindings=_bindings(definitions))
    return shown(
        FileVerdict(
            name,
            definitions.dialect,
            definitions.tool,
            said.sentence,
            said.worst,
            said.guided,
            tuple(said.findings),
            problems,
            (),
        )
    )


def _problem(file: str, problem: bpmn.Problem) -> ReadProblem:
    return ReadProblem(
        file, problem.severity, problem.code, problem.message, problem.element_id, problem.line, problem.fix
    )


def _bindings(definitions: Definitions) -> dict[str, Binding]:
    found: dict[str, Binding] = {}
    for process in definitions.processes:
        found.update(query(Bindings(process.id or "")))
    return found
