"""Start: what this reader may start, as cards with what each is for, and its start form."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import StartProcess
from engine.queries import DefinitionDetail, DefinitionList, TaskList
from webapp.context import execute, query
from webapp.definitions import model_of
from webapp.forms.answers import Answers, read_answers
from webapp.forms.declared import from_model
from webapp.forms.field import Field
from webapp.models import Model
from webapp.toast import say

page = Blueprint("start", __name__)


@page.get("/start")
def show() -> str:
    rows = query(DefinitionList(search=request.args.get("q", "")[:200], limit=200)).rows
    cards = [(row, _purpose(model_of(row.id), row.process_id)) for row in rows if row.state == "active"]
    return render_template("start.html", cards=cards, q=request.args.get("q", ""))


def _purpose(model: Model | None, process_id: str) -> str:
    return model.documentation(process_id) if model else ""


def _fields(definition_id: str, process_id: str) -> list[Field]:
    model = model_of(definition_id)
    return from_model(model.start_form(process_id)) if model else []


@page.get("/start/<id>")
def form(id: str) -> str:
    return _page(id, Answers())


def _page(id: str, answers: Answers) -> str:
    definition = query(DefinitionDetail(id))
    model = model_of(id)
    return render_template(
        "start_form.html",
        definition=definition,
        purpose=_purpose(model, definition.process_id),
        fields=_fields(id, definition.process_id),
        answers=answers,
        drawn=model is not None and model.drawing is not None,
    )


@page.post("/start/<id>")
def start(id: str) -> Response | tuple[str, int]:
    definition = query(DefinitionDetail(id))
    answers = read_answers(_fields(id, definition.process_id), request.form)
    business_key = request.form.get("business_key", "").strip()[:255] or None
    answers.typed["business_key"] = business_key or ""
    if answers.errors:
        return _page(id, answers), 422
    instance = execute(
        StartProcess(
            definition_id=id,
            variables=answers.values,
            business_key=business_key,
            idempotency_key=request.form.get("once"),
        )
    )
    say(f"{definition.name or definition.key} has started.")
    mine = query(TaskList(view="all", instance_id=instance, limit=1)).rows
    return redirect(url_for("task.show", id=mine[0].id) if mine else url_for("instance.show", id=instance), 303)
