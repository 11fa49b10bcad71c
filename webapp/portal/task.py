"""One task: its form or its question; it is completed, and the next one opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from engine.commands import AddAttachment, CompleteUserTask, DropDraft
from engine.commands.declared_form import FormContradicted
from engine.errors import Conflict, Forbidden, NotFound
from engine.queries import TaskDetail, TaskEnd, TaskList, TaskPast, TaskTalk, UserList
from engine.queries.user_task import TaskView
from webapp.context import actor, execute, now, query
from webapp.definitions import deployed_form, model_of
from webapp.engine_words import told
from webapp.forms.answers import Answers, read_answers, read_document, read_files, read_more
from webapp.forms.declared import spoken
from webapp.forms.field import PREFIX
from webapp.forms.task import TaskForm, form_of, outcome_of
from webapp.language import _
from webapp.models import Model
from webapp.portal.drafts import DOCUMENT, draft_of
from webapp.portal.notices import read_beside
from webapp.portal.subjects import subjects_of, units_of
from webapp.portal.task_changes import PRIORITIES
from webapp.portal.task_list import chosen_list
from webapp.portal.task_where import whereabouts
from webapp.portal.tasks import task_list
from webapp.spelling import spelled
from webapp.toast import say

page = Blueprint("task", __name__)


@page.get("/tasks/<id>")
def show(id: str) -> str:
    read_beside(id)
    try:
        return _page(id)
    except NotFound:
        return _past(id)


def _past(id: str) -> str:
    """A task that is over is still an address: the back button and old links lead to what became of it."""
    past = query(TaskPast(id))
    model = model_of(past.definition_id)
    units = units_of(model, model.process_around(past.element_id) if model else None)
    return render_template(
        "task_past.html",
        past=past,
        written=[(spoken(name), spelled(value, units.get(name, ""))) for name, value in past.end.written.items()],
        documentation=model.documentation(past.element_id) if model else "",
    )


def _form(view: TaskView, model: Model | None) -> TaskForm:
    return form_of(view, model, deployed_form(view.task.definition_id, view.task.created_at))


def _page(id: str, answers: Answers | None = None) -> str:
    view = query(TaskDetail(id))
    task, model = view.task, model_of(view.task.definition_id)
    form = _form(view, model)
    draft = draft_of(id) if answers is None and "complete" in view.may else None
    if draft is not None:
        # What was begun is shown as it was typed; it is judged when it is sent.
        answers = Answers(typed=read_answers((*form.asked, *form.known), draft).typed)
        answers.typed[DOCUMENT] = draft.get(DOCUMENT, "")
    about = {
        "task": task,
        "may": view.may,
        "kept_by": view.kept_by,
        "form": form,
        "variables": view.variables,
        "answers": answers or Answers(),
        "begun": draft is not None,
        "subject": subjects_of([task])[task.id],
        "units": units_of(model, model.process_of(task.definition_key) if model else None),
        "documentation": model.documentation(task.element_id) if model else "",
        "where": whereabouts(task, model),
        "drawn": model is not None and model.drawing is not None,
        "draft": f"{actor().user}:{id}",
        "talk": query(TaskTalk(id)),
        "people": query(UserList(limit=200)).rows,
        "task_priorities": PRIORITIES,
    }
    if request.headers.get("HX-Request") and request.method == "GET":
        return render_template(
            "task.html", **about, chosen=chosen_list(request.args), kept=chosen_list(request.args).kept
        )
    return render_template("tasks.html", **task_list(), selected=id, **about)


@page.post("/tasks/<id>/complete")
def complete(id: str) -> Response | tuple[str, int]:
    try:
        view = query(TaskDetail(id))
    except NotFound:
        return _gone(id)
    form = _form(view, model_of(view.task.definition_id))
    answers, files = _read(form)
    outcome = outcome_of(form, request.form.getlist("outcome"), answers)
    if answers.errors:
        return _page(id, answers), 422
    try:
        answers.values |= _leave(id, files)
        execute(CompleteUserTask(id, answers.values, outcome=tuple(outcome), idempotency_key=request.form.get("once")))
    except FormContradicted as refused:
        answers.errors.update({name: told(problem) for name, problem in refused.problems.items()})
        return _page(id, answers), 422
    except (Conflict, Forbidden) as refused:
        return _lost(id, told(refused.message), refused.status)
    return _done(id, _("%(task)s: done.", task=view.task.name or _("Task")), _next(view.task.root_id))


def _read(form: TaskForm) -> tuple[Answers, Mapping[str, FileStorage]]:
    """What was sent: by a form-js form as one document, else field by field."""
    if form.document and request.form.get(DOCUMENT):
        return read_document(form.asked, request.form[DOCUMENT]), {}
    answers = read_answers((*form.asked, *form.known), request.form, changed_only=not form.declared)
    read_more(request.form, answers)
    return answers, read_files(form.asked, request.files, answers)


def _leave(id: str, files: Mapping[str, FileStorage]) -> dict[str, Any]:
    """A file of a form is left beside the task; the variable tells which one it is."""
    left = {}
    for name, file in files.items():
        key = f"{request.form.get('once', '')}.{name}"[:200]
        attachment = execute(AddAttachment(id, file.filename or "", file.read(), idempotency_key=key))
        left[name] = {"attachment": attachment, "name": file.filename or ""}
    return left


def _done(id: str, words: str, address: str) -> Response:
    execute(DropDraft(id))
    say(words, draft_done=f"{actor().user}:{id}")
    return redirect(address, 303)


def _gone(id: str) -> Response | tuple[str, int]:
    """The task is not there any more: the same form sent twice has done it already; else somebody was faster."""
    try:
        execute(CompleteUserTask(id, idempotency_key=request.form.get("once")))
    except Conflict as conflict:
        return _lost(id, told(conflict.message))
    return _done(id, _("Done."), url_for("tasks.show", **chosen_list(request.args).kept))


def _lost(id: str, reason: str, status: int = 409) -> tuple[str, int]:
    """Somebody else was faster: what was typed is shown, to be kept, beside what they did."""
    fields = ((name.removeprefix(PREFIX), text) for name, text in request.form.items() if name.startswith(PREFIX))
    typed = [(spoken(name), text) for name, text in fields if text and not name.startswith("more.")]
    end = query(TaskEnd(id)) if actor().may("work") else None
    written = [(spoken(name), value) for name, value in end.written.items()] if end else []
    return render_template("task_lost.html", reason=reason, typed=typed, end=end, written=written), status


def _next(root_id: str) -> str:
    """The next step of the same case, else the first task of the list the reader came from, else the empty list."""
    chosen = chosen_list(request.args)
    for asked in (TaskList(view="all", instance_id=root_id, limit=1), chosen.asked(now(), 1)):
        for row in query(asked).rows:
            return url_for("task.show", id=row.id, **chosen.kept)
    return url_for("tasks.show", **chosen.kept)
