"""Import of what was dropped: one file goes to its verdict; many are judged in the background, then deployed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.commands import Deploy
from engine.commands.uploads import KeepUploads
from engine.errors import Conflict, Invalid, NotFound, Refusal
from engine.forms.documents import ENDINGS, is_form
from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.queries.batches import BatchItems, BatchProgress, UploadOf
from webapp.archive import MOST_FILES, is_archive, unpack
from webapp.batches import Act, Answer
from webapp.context import actor, batches, execute, query, settings
from webapp.engine_words import told
from webapp.judging import MODES, VERDICTS, Judged
from webapp.language import _, ngettext
from webapp.locale_formats import number
from webapp.toast import say

page = Blueprint("import_many", __name__)
UNPACKED = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A file of many: `worst` is its gravest verdict, `refused` if it cannot be deployed; `version` of what is here."""

    id: str
    name: str
    worst: str
    sentence: str
    mode: str
    known: bool
    version: int | None
    changes: int


@page.get("/import")
def show() -> str:
    return render_template("import.html")


@page.post("/import")
def upload() -> AnyResponse | tuple[str, int]:
    try:
        files, others = _files()
    except Refusal as refusal:
        return render_template("import.html", problem=told(refusal.message), fix=told(refusal.fix)), 422
    kept = list(zip(execute(KeepUploads(files)), files, strict=True))
    things = [(file[0], id) for id, file in kept if not is_form(*file)]
    if len(things) == 1:
        return redirect(url_for("import_file.verdict", id=things[0][1]), 303)
    if others:
        say(
            ngettext("1 file that is no model: left aside.", "%(number)s files that are no models: left aside.", others)
        )
    batch = batches().begin(actor(), "judge", things, url_for("import_many.show"))
    return redirect(url_for("import_many.many", id=batch), 303)


def _files() -> tuple[list[tuple[str, bytes]], int]:
    """What was sent, archives unpacked, models and their forms; and how many files of archives are neither."""
    sent = [each for each in request.files.getlist("file") if each.filename]
    if not sent:
        raise Invalid(_("Choose a file first."))
    files: list[tuple[str, bytes]] = []
    others, left = 0, UNPACKED * settings().upload_limit
    for each in sent:
        name, content = (each.filename or "")[-200:], each.read()
        if is_archive(content):
            unpacked = unpack(content, left)
            wanted = [each for each in unpacked.files if is_form(*each) or not each[0].lower().endswith(ENDINGS)]
            files += wanted
            left -= sum(len(inside) for _name, inside in unpacked.files)
            others += unpacked.others + len(unpacked.files) - len(wanted)
        else:
            files.append((name, content))
    if not files:
        raise Invalid(_("There is no model in this archive."), fix=_("It needs files that end in .bpmn or .xml."))
    if all(is_form(*each) for each in files):
        raise Invalid(_("A form goes with its model."), fix=_("Choose the model and its forms together, or a zip."))
    if len(files) > MOST_FILES:
        raise Invalid(_("That is more than %(number)s files.", number=number(MOST_FILES)), fix=_("Send them in parts."))
    return files, others


def _judge(engine: ProcessEngine, actor: Actor, id: str) -> Answer:
    return Answer(asdict(_line(engine, actor, id)))


def _line(engine: ProcessEngine, actor: Actor, id: str) -> Line:
    upload = engine.query(UploadOf(id), actor)
    judged = Judged(engine, actor, upload)
    if judged.reading.definitions is None or judged.refusals:
        problems = judged.refusals or judged.reading.problems
        graver = sorted(problems, key=lambda each: each.severity != "error")
        reason = graver[0].message if graver else "This file cannot be read."
        return Line(id, upload.name, "refused", reason, judged.mode, False, None, 0)
    version = max((each.definition.version for each in judged.before), default=None)
    changes = sum(len(each.changes) for each in judged.before)
    verdict = judged.verdict
    return Line(id, upload.name, verdict.worst, verdict.sentence, judged.mode, judged.is_known, version, changes)


@page.get("/import/many/<id>")
def many(id: str) -> str:
    progress = query(BatchProgress(id))
    template = "import_many_part.html" if request.headers.get("HX-Request") else "import_many.html"
    return render_template(
        template,
        progress=progress,
        lines=sorted(_lines(id), key=_gravity) if progress.finished else [],
        refused=query(BatchItems(id, "refused")) if progress.refused else (),
        address=request.path,
    )


def _lines(id: str) -> list[Line]:
    return [Line(**item.result) for item in query(BatchItems(id, "done"))]


def _gravity(line: Line) -> tuple[int, str]:
    return (-1 if line.worst == "refused" else VERDICTS.index(line.worst), line.name.lower())


@page.post("/import/many/<id>/deploy")
def deploy(id: str) -> Response | AnyResponse:
    query(BatchProgress(id))
    lines = {each.id: each for each in _lines(id)}
    chosen = [lines[each] for each in request.form.getlist("upload") if each in lines]
    if not chosen:
        raise Invalid(_("No file was chosen."), fix=_("Mark those that shall be deployed."))
    things = [(line.name, {"upload": line.id, "mode": line.mode}) for line in chosen]
    batch = batches().begin(actor(), "deploy", things, url_for("processes.show"))
    return redirect(url_for("progress.show", id=batch), 303)


def _deploy(engine: ProcessEngine, actor: Actor, thing: dict[str, Any]) -> Deploy:
    """Each file is a deployment of its own, so that one which is refused holds up no other."""
    try:
        upload = engine.query(UploadOf(thing["upload"]), actor)
    except NotFound as error:
        raise Conflict("Its upload is not kept any more.", fix="Upload it again.") from error
    judged = Judged(engine, actor, upload)
    return Deploy(judged.files(), guided=MODES[thing["mode"]], only_changed=True)


ACTS = {
    "judge": Act(lambda count: _("Looking at %(number)s files", number=number(count)), _judge),
    "deploy": Act(lambda count: _("Deploying %(number)s files", number=number(count)), _deploy),
}
