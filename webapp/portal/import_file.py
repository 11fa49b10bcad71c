"""Import: a file is uploaded, judged on its diagram and in a list, and deployed when its reader says so."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

import bpmn
from engine.commands import Deploy
from engine.compiler import judge
from webapp.context import actor, execute, uploads
from webapp.models import Model
from webapp.portal.definition_files import as_attachment, as_drawing
from webapp.toast import say
from webapp.uploads import Upload

page = Blueprint("import_file", __name__)

VERDICTS = ("runs", "runs_with_binding", "guided", "ignored_safely", "will_not_run")
SIGNS = {"runs_with_binding": "⚭", "guided": "☞", "ignored_safely": "–", "will_not_run": "✕"}
DIALECTS = {
    "bpmn": "plain BPMN",
    "camunda7": "Camunda 7",
    "zeebe": "Camunda 8 (Zeebe)",
    "flowable": "Flowable",
    "activiti": "Activiti",
    "jbpm": "jBPM",
    "spiffworkflow": "SpiffWorkflow",
    "drawing": "a drawing",
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
        return render_template("import_unreadable.html", upload=upload, problems=reading.problems)
    model = Model(reading.definitions)
    mode = request.args.get("mode")
    guided = {"guided": True, "executable": False}.get(mode or "")
    judged = judge(reading.definitions, guided=guided, bindings={})
    tally = {name: sum(each.verdict == name for each in judged.findings) for name in VERDICTS}
    return render_template(
        "verdict.html",
        upload=upload,
        reading=reading,
        definitions=reading.definitions,
        dialect=DIALECTS.get(reading.definitions.dialect, reading.definitions.dialect),
        verdict=judged,
        tally=tally,
        order=sorted(judged.findings, key=lambda each: -VERDICTS.index(each.verdict)),
        mode=mode or ("executable" if any(each.is_executable for each in reading.definitions.processes) else "guided"),
        overlay=_overlay(judged.findings),
        drawn=model.drawing is not None,
    )


def _overlay(findings: Any) -> dict[str, Any]:
    marks = {}
    for each in findings:
        sign = SIGNS.get(each.verdict)
        discs = [{"text": sign, "kind": f"verdict disc-{each.verdict}", "title": each.reason}] if sign else []
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
    if mode not in {"guided", "executable"}:
        abort(400)
    deployed = execute(Deploy(name=upload.name, resources={upload.name: upload.content}, guided=mode == "guided"))
    if request.form.get("then") == "start" and deployed.definitions:
        return redirect(url_for("start.form", id=deployed.definitions[0].id), 303)
    say("Deployed.")
    return redirect(url_for("processes.show"), 303)
