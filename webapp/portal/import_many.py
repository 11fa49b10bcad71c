"""Import of what was dropped: one file goes to its verdict; many are judged in the background, then deployed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.commands import Deploy
from engine.errors import Conflict, Invalid, NotFound, Refusal
from engine.identity import Actor
from engine.processengine import ProcessEngine
from webapp.archive import MOST_FILES, is_archive, unpack
from webapp.context import actor, batches, engine, settings, uploads
from webapp.engine_words import told
from webapp.judging import MODES, VERDICTS, Judged
from webapp.language import _, ngettext
from webapp.locale_formats import number
from webapp.toast import say
from webapp.uploads import Uploads

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
    ids = uploads().keep_all(files, actor().user or "")
    if len(ids) == 1:
        return redirect(url_for("import_file.verdict", id=ids[0]), 303)
    if others:
        say(
            ngettext("1 file that is no model: left aside.", "%(number)s files that are no models: left aside.", others)
        )
    names = {id: file[0] for id, file in zip(ids, files, strict=True)}
    work = partial(_judge, engine(), actor(), uploads())
    user = actor().user or ""
    batch = batches().start(
        user, _("Looking at %(number)s files", number=number(len(ids))), "/import", ids, work, name=names.__getitem__
    )
    return redirect(url_for("import_many.many", id=batch.id), 303)


def _files() -> tuple[list[tuple[str, bytes]], int]:
    """What was sent, archives unpacked; and how many files of archives are no models."""
    sent = [each for each in request.files.getlist("file") if each.filename]
    if not sent:
        raise Invalid(_("Choose a file first."))
    files: list[tuple[str, bytes]] = []
    others, left = 0, UNPACKED * settings().upload_limit
    for each in sent:
        name, content = (each.filename or "")[-200:], each.read()
        if is_archive(content):
            unpacked = unpack(content, left)
            files += unpacked.files
            left -= sum(len(inside) for _, inside in unpacked.files)
            others += unpacked.others
        else:
            files.append((name, content))
    if not files:
        raise Invalid(_("There is no model in this archive."), fix=_("It needs files that end in .bpmn or .xml."))
    if len(files) > MOST_FILES:
        raise Invalid(_("That is more than %(number)s files.", number=number(MOST_FILES)), fix=_("Send them in parts."))
    return files, others


def _judge(engine: ProcessEngine, actor: Actor, kept: Uploads, id: str) -> Line:
    upload = kept.get(id, actor.user or "")
    judged = Judged(engine, actor, upload.content, upload.name)
    if judged.reading.definitions is None or judged.refusals:
        problems = judged.refusals or judged.reading.problems
        reason = next((each.message for each in problems if each.severity == "error"), "This file cannot be read.")
        return Line(id, upload.name, "refused", reason, judged.mode, False, None, 0)
    version = max((each.definition.version for each in judged.before), default=None)
    changes = sum(len(each.changes) for each in judged.before)
    verdict = judged.verdict
    return Line(id, upload.name, verdict.worst, verdict.sentence, judged.mode, judged.is_known, version, changes)


@page.get("/import/many/<id>")
def many(id: str) -> str:
    batch = batches().get(id, actor().user or "")
    lines: list[Line] = sorted(batch.results, key=_gravity)
    template = "import_many_part.html" if request.headers.get("HX-Request") else "import_many.html"
    return render_template(template, batch=batch, lines=lines if batch.finished else [], address=request.path)


def _gravity(line: Line) -> tuple[int, str]:
    return (-1 if line.worst == "refused" else VERDICTS.index(line.worst), line.name.lower())


@page.post("/import/many/<id>/deploy")
def deploy(id: str) -> Response | AnyResponse:
    user = actor().user or ""
    lines = {each.id: each for each in batches().get(id, user).results}
    chosen = [lines[each] for each in request.form.getlist("upload") if each in lines]
    if not chosen:
        raise Invalid(_("No file was chosen."), fix=_("Mark those that shall be deployed."))
    work = partial(_deploy, engine(), actor(), uploads())
    back = url_for("processes.show")
    batch = batches().start(
        user,
        _("Deploying %(number)s files", number=number(len(chosen))),
        back,
        chosen,
        work,
        name=lambda line: line.name,
    )
    return redirect(url_for("progress.show", id=batch.id), 303)


def _deploy(engine: ProcessEngine, actor: Actor, kept: Uploads, line: Line) -> None:
    """Each file is a deployment of its own, so that one which is refused holds up no other."""
    try:
        upload = kept.get(line.id, actor.user or "")
    except NotFound as error:
        raise Conflict("Its upload is not kept any more.", fix="Upload it again.") from error
    engine.execute(Deploy({upload.name: upload.content}, guided=MODES[line.mode], only_changed=True), actor)
