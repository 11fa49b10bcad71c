"""Import: a file is uploaded, judged on its diagram and in a list, and deployed when its reader says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

import bpmn
from bpmn.model import Definitions
from engine.commands import Bind, Deploy
from engine.compiler import Finding, judge
from engine.deployment import refusals_of
from engine.queries import Bindings
from engine.services.binding import Binding
from webapp.context import actor, execute, query, uploads
from webapp.models import Model
from webapp.portal.definition_files import as_attachment, as_drawing
from webapp.toast import say
from webapp.uploads import Upload
from webapp.words import kind_of

page = Blueprint("import_file", __name__)

VERDICTS = ("will_not_run", "runs_with_binding", "guided", "runs", "ignored_safely")
MODES = {"executable": False, "guided": True, "marked": None}
SIGNS = {"runs_with_binding": "link", "guided": "hand", "ignored_safely": "dash", "will_not_run": "cross"}
WRONG = {"markers": ["verdict-will_not_run"], "discs": [{"sign": "cross", "kind": ["verdict", "will_not_run"]}]}
DIALECTS = {
    "bpmn": "plain BPMN",
    "camunda7": "Camunda 7",
    "zeebe": "Camunda 8 (Zeebe)",
    "flowable": "Flowable",
    "activiti": "Activiti",
    "jbpm": "jBPM",
    "spiffworkflow": "SpiffWorkflow",
}


@page.get("/import")
def show() -> str:
    return render_template("import.html")


@page.post("/import")
def upload() -> AnyResponse | tuple[str, int]:
    file = request.files.get("file")
    if file is None or not file.filename:
        return render_template("import.html", problem="Choose a file first."), 422
    id = uploads().keep(file.filename[-200:], file.read(), actor().user or "")
    return redirect(url_for("import_file.verdict", id=id), 303)


def _upload(id: str) -> Upload:
    return uploads().get(id, actor().user or "")


@page.get("/import/<id>")
def verdict(id: str) -> str:
    upload = _upload(id)
    reading = bpmn.read(upload.content, upload.name)
    if reading.definitions is None:
        return render_template("import_refused.html", upload=upload, problems=reading.problems)
    model = Model(reading.definitions)
    modes = _modes(reading.definitions)
    mode = request.args.get("mode", modes[-1])
    if mode not in MODES:
        abort(404)
    refusals = refusals_of(reading, MODES[mode])
    if refusals:
        return render_template(
            "import_refused.html",
            upload=upload,
            problems=refusals,
            read=True,
            others=[each for each in modes if not refusals_of(reading, MODES[each])],
            overlay={each.element_id: WRONG for each in refusals if each.element_id},
            drawn=model.drawing is not None,
        )
    judged = judge(reading.definitions, guided=MODES[mode], bindings=_bindings(reading.definitions))
    tally = {name: sum(each.verdict == name for each in judged.findings) for name in VERDICTS}
    return render_template(
        "verdict.html",
        upload=upload,
        reading=reading,
        definitions=reading.definitions,
        origin=_origin(reading.definitions),
        verdict=judged,
        tally=tally,
        order=[
            (each, _kind(model, each))
            for each in sorted(judged.findings, key=lambda each: VERDICTS.index(each.verdict))
        ],
        mode=mode,
        modes=modes,
        overlay=_overlay(judged.findings),
        drawn=model.drawing is not None,
    )


def _modes(definitions: Definitions) -> list[str]:
    """How the file can run; the last one is how it is meant to: all its processes alike, or each as it is marked."""
    marks = {definitions.executes(each) for each in definitions.processes}
    if len(marks) > 1:
        return ["executable", "guided", "marked"]
    return ["guided", "executable"] if marks == {True} else ["executable", "guided"]


def _origin(definitions: Definitions) -> str:
    """For which engine it was written and with which tool it was drawn."""
    tool = " ".join(part for part in (definitions.tool, definitions.tool_version) if part)
    dialect = DIALECTS.get(definitions.dialect)
    if dialect is None:
        return f"A drawing, made with {tool}." if tool else "A drawing."
    return f"Written for {dialect}, drawn with {tool}." if tool else f"Written for {dialect}."


def _kind(model: Model, finding: Finding) -> str:
    element = model.element(finding.element_id)
    return kind_of(element) if element is not None else finding.kind


def _overlay(findings: Iterable[Finding]) -> dict[str, Any]:
    marks: dict[str, Any] = {}
    for each in findings:
        sign = SIGNS.get(each.verdict)
        discs = [{"sign": sign, "kind": ["verdict", each.verdict], "title": each.reason}] if sign else []
        marks[each.element_id] = {"markers": [f"verdict-{each.verdict}"], "discs": discs}
    return marks


@page.get("/import/<id>/drawing")
def drawing(id: str) -> Response:
    upload = _upload(id)
    definitions = bpmn.read(upload.content, upload.name).definitions
    return as_drawing(Model(definitions).drawing if definitions is not None else None)


@page.get("/import/<id>/file")
def file(id: str) -> Response:
    upload = _upload(id)
    return as_attachment(upload.content, upload.name)


@page.post("/import/<id>/deploy")
def deploy(id: str) -> AnyResponse:
    upload = _upload(id)
    mode = request.form.get("mode")
    if mode not in MODES:
        abort(400)
    deployed = execute(Deploy({upload.name: upload.content}, guided=MODES[mode], only_changed=True))
    names = ", ".join(f"{each.name or each.key}, version {each.version}" for each in deployed.processes)
    say(f"Deployed: {names}." if deployed.is_new else f"Nothing has changed: this is {names} already.")
    if len(deployed.processes) != 1:
        return redirect(url_for("start.show" if request.form.get("then") == "start" else "processes.show"), 303)
    process = deployed.processes[0]
    if request.form.get("then") == "start":
        return redirect(url_for("start.form", id=process.definition_id), 303)
    return redirect(url_for("process.show", key=process.key), 303)


@page.post("/import/<id>/bind")
def bind(id: str) -> AnyResponse:
    """Say who or what does an element. The binding is kept for the process's key, so all its versions have it."""
    upload = _upload(id)
    definitions = bpmn.read(upload.content, upload.name).definitions
    element = request.form.get("element", "")
    key = Model(definitions).process_around(element) if definitions is not None else None
    if key is None:
        abort(404)
    execute(Bind(key, element, Binding.from_dict(request.form.to_dict())))
    say("Bound.")
    return redirect(url_for("import_file.verdict", id=id, mode=request.form.get("mode")), 303)


def _bindings(definitions: Definitions) -> dict[str, Binding]:
    """What is bound already, under the keys of the file's processes."""
    found: dict[str, Binding] = {}
    for process in definitions.processes:
        found.update(query(Bindings(process.id or "")))
    return found
