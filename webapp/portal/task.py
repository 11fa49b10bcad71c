"""One task: its form or its question; claim it, give it back, complete it. The next one opens."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import ClaimUserTask, CompleteUserTask, UnclaimUserTask
from engine.errors import Conflict, NotFound
from engine.queries import TaskDetail, TaskList
from webapp.context import actor, execute, query
from webapp.definitions import model_of
from webapp.forms.answers import Answers, read_answers, read_more
from webapp.forms.declared import spoken
from webapp.forms.field import PREFIX
from webapp.forms.task import TaskForm, form_of, outcome_of
from webapp.portal.tasks import asked_list, task_list
from webapp.toast import say

page = Blueprint("task", __name__)


@page.get("/tasks/<id>")
def show(id: str) -> str:
    return _page(id, Answers())


def _page(id: str, answers: Answers) -> str:
    view = query(TaskDetail(id))
    model = model_of(view.task.definition_id)
    form = form_of(view, model)
    about = {
        "task": view.task,
        "may": view.may,
        "form": form,
        "answers": answers,
        "documentation": model.documentation(view.task.element_id) if model else "",
        "overlay": {view.task.element_id: {"markers": ["waiting"]}},
        "drawn": model is not None and model.drawing is not None,
        "draft": f"{actor().user}:{id}",
    }
    if request.headers.get("HX-Request") and request.method == "GET":
        return render_template("task.html", **about, kept=_kept())
    return render_template("tasks.html", **task_list(), selected=id, **about)


def _kept() -> dict[str, Any]:
    return {name: value for name, value in request.args.items() if name in {"view", "sort", "q", "process"}}


@page.post("/tasks/<id>/complete")
def complete(id: str) -> Response | tuple[str, int]:
    try:
        view = query(TaskDetail(id))
    except NotFound:
        return _gone(id)
    form: TaskForm = form_of(view, model_of(view.task.definition_id))
    answers = read_answers((*form.asked, *form.known), request.form, changed_only=not form.declared)
    read_more(request.form, answers)
    outcome = outcome_of(form, request.form.getlist("outcome"), answers)
    if answers.errors:
        return _page(id, answers), 422
    try:
        execute(CompleteUserTask(id, answers.values, outcome=tuple(outcome), idempotency_key=request.form.get("once")))
    except Conflict as conflict:
        return _lost(str(conflict))
    say(f"{view.task.name or 'Task'}: done.", draft_done=f"{actor().user}:{id}")
    return redirect(_next(view.task.root_id), 303)


def _gone(id: str) -> Response | tuple[str, int]:
    """The task is not there any more: the same form sent twice has done it already; else somebody was faster."""
    try:
        execute(CompleteUserTask(id, idempotency_key=request.form.get("once")))
    except Conflict as conflict:
        return _lost(str(conflict))
    say("Done.", draft_done=f"{actor().user}:{id}")
    return redirect(url_for("tasks.show", **_kept()), 303)


def _lost(reason: str) -> tuple[str, int]:
    """Somebody else was faster: what was typed is shown, to be kept."""
    fields = ((name.removeprefix(PREFIX), text) for name, text in request.form.items() if name.startswith(PREFIX))
    typed = [(spoken(name), text) for name, text in fields if text and not name.startswith("more.")]
    return render_template("task_lost.html", reason=reason, typed=typed), 409


def _next(root_id: str) -> str:
    """The next step of the same case, else the first task of the list the reader came from, else the empty list."""
    kept = _kept()
    for asked in (TaskList(view="all", instance_id=root_id, limit=1), asked_list(limit=1)):
        for row in query(asked).rows:
            return url_for("task.show", id=row.id, **kept)
    return url_for("tasks.show", **kept)


@page.post("/tasks/<id>/claim")
def claim(id: str) -> Response:
    execute(ClaimUserTask(id))
    say("The task is yours.")
    return redirect(url_for("task.show", id=id, **_kept()), 303)


@page.post("/tasks/<id>/unclaim")
def unclaim(id: str) -> Response:
    execute(UnclaimUserTask(id))
    say("The task is open to your group again.")
    return redirect(url_for("task.show", id=id, **_kept()), 303)
