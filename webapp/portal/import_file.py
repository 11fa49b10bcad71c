"""Import of one file: its verdict on the diagram and in a list, what has changed, who does what, and its deployment."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bpmn.diff import Change
from engine.commands import Bind, Deploy
from engine.compiler import Finding
from engine.persistence.uploads import Upload
from engine.queries import Groups
from engine.queries.batches import UploadOf
from engine.services.binding import Binding
from webapp.context import actor, engine, execute, query
from webapp.engine_words import told
from webapp.judging import MODES, VERDICTS, Judged, overlay_of
from webapp.language import _
from webapp.models import Model
from webapp.portal.definition_files import as_attachment, as_drawing
from webapp.portal.process_actions import save_lanes, undo_binding
from webapp.toast import say
from webapp.words import kind_of, name_of

page = Blueprint("import_file", __name__)

WRONG = {"markers": ["verdict-will_not_run"], "discs": [{"sign": "cross", "kind": ["verdict", "will_not_run"]}]}


def _upload(id: str) -> Upload:
    found: Upload = query(UploadOf(id))
    return found


def _judged(upload: Upload, mode: str | None = None) -> Judged:
    return Judged(engine(), actor(), upload, mode)


@page.get("/import/<id>")
def verdict(id: str) -> str:
    upload = _upload(id)
    mode = request.args.get("mode")
    if mode is not None and mode not in MODES:
        abort(404)
    judged = _judged(upload, mode)
    if judged.reading.definitions is None:
        return render_template("import_refused.html", upload=upload, problems=judged.reading.problems)
    model = judged.model
    if judged.refusals:
        return render_template(
            "import_refused.html",
            upload=upload,
            problems=judged.refusals,
            read=True,
            others=judged.other_modes,
            overlay={each.element_id: WRONG for each in judged.refusals if each.element_id},
            # The drawing is there to show what is wrong.
            drawn=model.drawing is not None and any(each.element_id for each in judged.refusals),
        )
    findings = sorted(judged.verdict.findings, key=lambda each: VERDICTS.index(each.verdict))
    changes = [change for each in judged.before for change in each.changes]
    return render_template(
        "verdict.html",
        upload=upload,
        judged=judged,
        reading=judged.reading,
        verdict=judged.verdict,
        tally=judged.tally(),
        order=[(each, _kind(model, each)) for each in findings],
        changes=[_told(change) for change in changes],
        mode=judged.mode,
        modes=judged.modes,
        overlay=overlay_of(judged.verdict.findings, changes),
        drawn=model.drawing is not None,
        lanes=judged.lanes(),
        groups=[each.id for each in query(Groups())],
    )


def _kind(model: Model, finding: Finding) -> str:
    element = model.element(finding.element_id)
    return kind_of(element) if element is not None else finding.kind


def _told(change: Change) -> dict[str, Any]:
    """A change as a line of the list: a flow without a name is told by its kind."""
    return {
        "kind": change.kind,
        "id": change.element.id or "",
        "name": name_of(change.element),
        "what": kind_of(change.element),
        "aspects": ", ".join(told(each) for each in change.aspects),
    }


@page.get("/import/<id>/drawing")
def drawing(id: str) -> Response:
    upload = _upload(id)
    judged = _judged(upload)
    return as_drawing(judged.model.drawing if judged.reading.definitions is not None else None)


@page.get("/import/<id>/file")
def file(id: str) -> Response:
    upload = _upload(id)
    return as_attachment(upload.content, upload.name)


@page.post("/import/<id>/deploy")
def deploy(id: str) -> AnyResponse:
    upload = _upload(id)
    mode = request.form.get("mode", "")
    if mode not in MODES:
        abort(400)
    deployed = execute(Deploy(_judged(upload, mode).files(), guided=MODES[mode], only_changed=True))
    names = ", ".join(
        _("%(name)s, version %(version)s", name=each.name or each.key, version=each.version)
        for each in deployed.processes
    )
    say(
        _("Deployed: %(names)s.", names=names)
        if deployed.is_new
        else _("Nothing has changed: this is %(names)s already.", names=names)
    )
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
    judged = _judged(upload)
    element = request.form.get("element", "")
    key = judged.model.process_around(element) if judged.reading.definitions is not None else None
    if key is None:
        abort(404)
    undo = undo_binding(key, element)
    execute(Bind(key, element, Binding.from_dict(request.form.to_dict())))
    say(_("Bound."), undo=undo)
    return redirect(url_for("import_file.verdict", id=id, mode=request.form.get("mode")), 303)


@page.post("/import/<id>/lanes")
def set_lanes(id: str) -> AnyResponse:
    keys = {each.id or "" for each in _judged(_upload(id)).definitions.processes}
    for key in keys & set(request.form.getlist("process")):
        save_lanes(key)
    say(_("Saved who does what."))
    return redirect(url_for("import_file.verdict", id=id, mode=request.form.get("mode")), 303)
