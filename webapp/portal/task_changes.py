"""What is said of a task without doing it: who has it, until when, how important."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands import AssignUserTask, ClaimUserTask, SetUserTaskDates, SetUserTaskPriority, UnclaimUserTask
from engine.errors import Conflict, Invalid, NotFound
from engine.queries import TaskDetail, UserList
from webapp.context import execute, query
from webapp.engine_words import told_with_fix
from webapp.language import _, later
from webapp.portal.task_list import chosen_list
from webapp.toast import Undo, say
from webapp.zones import meant

page = Blueprint("task_changes", __name__)

PRIORITIES = {"0": later("Low"), "50": later("Normal"), "75": later("High"), "100": later("Urgent")}
# A date without a time means the end of that day.
END_OF_DAY = time(23, 59)


@page.post("/tasks/<id>/claim")
def claim(id: str) -> Response:
    return _changed(id, lambda: execute(ClaimUserTask(id)), _("The task is yours."), Undo("unclaim", id))


@page.post("/tasks/<id>/unclaim")
def unclaim(id: str) -> Response:
    return _changed(
        id, lambda: execute(UnclaimUserTask(id)), _("The task is open to your group again."), Undo("claim", id)
    )


@page.post("/tasks/<id>/assign")
def assign(id: str) -> Response:
    before = query(TaskDetail(id)).task
    user = known_user(request.form.get("assignee", ""))
    undo = Undo("assign", id, {"assignee": before.assignee or ""})
    words = _("The task is with %(user)s now.", user=user) if user else _("Nobody has the task now.")
    return _changed(id, lambda: execute(AssignUserTask(id, user)), words, undo)


@page.post("/tasks/<id>/dates")
def dates(id: str) -> Response:
    before = query(TaskDetail(id)).task
    due = read_date(request.form["due"]) if "due" in request.form else before.due_at
    follow_up = read_date(request.form["follow_up"]) if "follow_up" in request.form else before.follow_up_at
    undo = Undo("dates", id, {"due": _written(before.due_at), "follow_up": _written(before.follow_up_at)})
    return _changed(id, lambda: execute(SetUserTaskDates(id, due, follow_up)), _("The dates are set."), undo)


@page.post("/tasks/<id>/priority")
def priority(id: str) -> Response:
    before = query(TaskDetail(id)).task
    number = read_priority(request.form.get("priority", ""))
    undo = Undo("priority", id, {"priority": str(before.priority)})
    return _changed(id, lambda: execute(SetUserTaskPriority(id, number)), _("The priority is set."), undo)


def _changed(id: str, change: Callable[[], None], words: str, undo: Undo) -> Response:
    """Make the change and go back to the task, or to the list where the task is not the reader's to see any more.

    Who was late is told so beside it; who may not meets the page that says so.
    """
    try:
        change()
    except Conflict as refusal:
        say(told_with_fix(refusal.message, refusal.fix))
    else:
        say(words, undo=undo)
    kept = chosen_list(request.args).kept
    try:
        query(TaskDetail(id))
    except NotFound:
        return redirect(url_for("tasks.show", **kept), 303)
    return redirect(url_for("task.show", id=id, **kept), 303)


def known_user(name: str) -> str | None:
    """A user as they are called: by user name or by name."""
    name = name.strip()
    if not name:
        return None
    found = [row for row in query(UserList(search=name)).rows if row.active and name in (row.id, row.name)]
    if len(found) != 1:
        raise Invalid(
            _("Nobody here is called %(name)s.", name=name), fix=_("Choose one of the names that are offered.")
        )
    return str(found[0].id)


def read_date(text: str) -> datetime | None:
    """A day, or a moment, as the browser's inputs write them."""
    if not text.strip():
        return None
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(
            _("%(text)s is no date.", text=text), fix=_("Write it as year-month-day, for example 2026-03-31.")
        ) from None
    if len(text.strip()) == len("2026-03-31"):
        read = datetime.combine(read, END_OF_DAY)
    return meant(read)


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def read_priority(text: str) -> int:
    if not text.isdecimal() or int(text) > 100:
        raise Invalid(_("A priority is a number from 0 to 100."))
    return int(text)
