"""Start: what this reader may start, as cards with what each is for, and its start form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from engine.commands import AddAttachment, DropDraft, StartProcess
from engine.commands.declared_form import FormContradicted
from engine.queries import DefinitionDetail, DefinitionList, LastStarted, TaskList
from engine.queries.definitions import DefinitionRow
from webapp.context import actor, execute, query
from webapp.definitions import deployed_form, model_of
from webapp.engine_words import told
from webapp.forms.answers import Answers, read_answers, read_document, read_files
from webapp.forms.start import problems_of, start_form_of
from webapp.forms.task import TaskForm
from webapp.language import _
from webapp.models import Model
from webapp.portal.drafts import DOCUMENT, draft_of
from webapp.portal.subjects import units_of
from webapp.toast import say

page = Blueprint("start", __name__)


@page.get("/start")
def show() -> str:
    q = request.args.get("q", "")[:200]
    used: Mapping[str, datetime] = query(LastStarted())
    rows = list(query(DefinitionList(search=q, startable=True, counted=False, limit=200)).rows)
    rows.sort(key=lambda row: (-used[row.key].timestamp() if row.key in used else 0, (row.name or row.key).lower()))
    cards = [(row, _purpose(model_of(row.id), row.process_id), used.get(row.key)) for row in rows]
    return render_template("start.html", cards=cards, q=q)


def _purpose(model: Model | None, process_id: str) -> str:
    return model.documentation(process_id) if model else ""


def _form(definition: DefinitionRow, model: Model | None) -> TaskForm:
    return start_form_of(model, definition.process_id, deployed_form(definition.id))


@page.get("/start/<id>")
def form(id: str) -> str:
    return _page(id)


def _page(id: str, answers: Answers | None = None) -> str:
    definition = query(DefinitionDetail(id, startable=True))
    model = model_of(id)
    asked = _form(definition, model)
    draft = draft_of(f"start:{id}") if answers is None else None
    if draft is not None:
        answers = Answers(typed=read_answers(asked.asked, draft).typed)
        answers.typed[DOCUMENT] = draft.get(DOCUMENT, "")
        answers.typed["business_key"] = draft.get("business_key", "")
    return render_template(
        "start_form.html",
        definition=definition,
        purpose=_purpose(model, definition.process_id),
        form=asked,
        answers=answers or Answers(),
        units=units_of(model, definition.process_id),
        begun=draft is not None,
        drawn=model is not None and model.drawing is not None,
    )


@page.post("/start/<id>")
def start(id: str) -> Response | tuple[str, int]:
    definition = query(DefinitionDetail(id))
    asked = _form(definition, model_of(id))
    files: Mapping[str, FileStorage] = {}
    if asked.document and request.form.get(DOCUMENT):
        answers = read_document(asked.asked, request.form[DOCUMENT])
        answers.errors |= problems_of(asked.asked, answers.values)
    else:
        answers = read_answers(asked.asked, request.form)
        files = read_files(asked.asked, request.files, answers)
    business_key = request.form.get("business_key", "").strip()[:255] or None
    answers.typed["business_key"] = business_key or ""
    if answers.errors:
        return _page(id, answers), 422
    command = StartProcess(
        definition_id=id,
        variables={**answers.values, **{name: {"name": file.filename} for name, file in files.items()}},
        business_key=business_key,
        idempotency_key=request.form.get("once"),
    )
    try:
        instance = execute(command)
    except FormContradicted as refused:
        answers.errors.update({name: told(problem) for name, problem in refused.problems.items()})
        return _page(id, answers), 422
    for name, file in files.items():
        execute(AddAttachment(instance, file.filename or name, file.read()))
    execute(DropDraft(f"start:{id}"))
    say(
        _("%(process)s has started.", process=definition.name or definition.key),
        draft_done=f"{actor().user}:start:{id}",
    )
    mine = query(TaskList(view="all", instance_id=instance, limit=1)).rows
    return redirect(url_for("task.show", id=mine[0].id) if mine else url_for("instance.show", id=instance), 303)
