"""One act on several tasks: each has its own result, and what is refused for one holds back no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import AssignUserTask, ClaimUserTask, CompleteUserTask, SetUserTaskDates, SetUserTaskPriority
from engine.errors import Invalid, Refusal
from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.queries import TaskDetail
from engine.queries.user_tasks import TaskRow
from webapp.batches import Act
from webapp.context import actor, batches, execute, query
from webapp.engine_words import told_with_fix
from webapp.language import _, ngettext
from webapp.portal.task_changes import known_user, read_date, read_priority
from webapp.portal.task_list import chosen_list
from webapp.toast import say

page = Blueprint("task_bulk", __name__)

MOST = 200
AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Bulk:
    """`read` takes from the form what the act needs, as plain values; `make` is its command for one task.

    `doing` and `done` say it for a number of tasks.
    """

    read: Callable[[Mapping[str, str]], dict[str, Any]]
    make: Callable[[Any, dict[str, Any]], Any]
    doing: Callable[[int], str]
    done: Callable[[int], str]


@page.post("/tasks/bulk")
def bulk() -> Response | str:
    ids = list(dict.fromkeys(request.form.getlist("task")))[:MOST]
    kept = chosen_list(request.args).kept
    name = request.form.get("act", "")
    if not ids or name not in BULK:
        say(_("Choose tasks first."))
        return redirect(url_for("tasks.show", **kept), 303)
    chosen = BULK[name]
    values = chosen.read(request.form)
    if len(ids) > AT_ONCE:
        things = [(_name(id), {"task": id, **values}) for id in ids]
        batch = batches().begin(actor(), f"tasks-{name}", things, url_for("tasks.show", **kept))
        return redirect(url_for("progress.show", id=batch), 303)
    results = [_one(id, chosen, values) for id in ids]
    if all(refused is None for _task, refused in results):
        say(chosen.done(len(ids)))
        return redirect(url_for("tasks.show", **kept), 303)
    return render_template("task_bulk.html", results=results, kept=kept)


def _name(id: str) -> str:
    """What a task is called in the list of results; one that is gone is refused there."""
    try:
        task = query(TaskDetail(id)).task
    except Refusal:
        return _("A task that is done already")
    return " · ".join(each for each in (task.name or _("Task"), task.business_key) if each)


def _one(id: str, chosen: Bulk, values: dict[str, Any]) -> tuple[TaskRow | None, str | None]:
    """The task, and why it was refused, None if it was not."""
    task = None
    try:
        view = query(TaskDetail(id))
        task = view.task
        execute(chosen.make(view, values))
    except Refusal as refusal:
        return task, told_with_fix(refusal.message, refusal.fix)
    return task, None


def _at_length(chosen: Bulk, engine: ProcessEngine, actor: Actor, thing: dict[str, Any]) -> Any:
    return chosen.make(engine.query(TaskDetail(thing["task"]), actor), thing)


def _complete(view: Any, values: dict[str, Any]) -> CompleteUserTask:
    """Only what asks nothing is completed unseen, whatever the person may do elsewhere."""
    form = view.form or {}
    asks = any(form.get(each) for each in ("ref", "key", "document", "options"))
    empty = any(
        each.get("required") and view.variables.get(each.get("variable", each["id"]), each.get("value")) in (None, "")
        for each in form.get("fields", ())
    )
    if asks or empty:
        raise Invalid("This task asks for something.", fix="Open it and fill in its form.")
    return CompleteUserTask(view.task.id)


BULK = {
    "claim": Bulk(
        lambda form: {},
        lambda view, values: ClaimUserTask(view.task.id),
        lambda count: ngettext("Claiming 1 task", "Claiming %(number)s tasks", count),
        lambda count: ngettext("1 task is yours.", "%(number)s tasks are yours.", count),
    ),
    "complete": Bulk(
        lambda form: {},
        _complete,
        lambda count: ngettext("Completing 1 task", "Completing %(number)s tasks", count),
        lambda count: ngettext("1 task is done.", "%(number)s tasks are done.", count),
    ),
    "assign": Bulk(
        lambda form: {"to": known_user(form.get("assignee", ""))},
        lambda view, values: AssignUserTask(view.task.id, values["to"]),
        lambda count: ngettext("Assigning 1 task", "Assigning %(number)s tasks", count),
        lambda count: ngettext("1 task is assigned.", "%(number)s tasks are assigned.", count),
    ),
    "due": Bulk(
        lambda form: {"due": read_date(form.get("due", ""))},
        lambda view, values: SetUserTaskDates(view.task.id, values["due"], view.task.follow_up_at),
        lambda count: ngettext("Setting the due date of 1 task", "Setting the due date of %(number)s tasks", count),
        lambda count: ngettext("The due date of 1 task is set.", "The due date of %(number)s tasks is set.", count),
    ),
    "priority": Bulk(
        lambda form: {"priority": read_priority(form.get("priority", ""))},
        lambda view, values: SetUserTaskPriority(view.task.id, values["priority"]),
        lambda count: ngettext("Setting the priority of 1 task", "Setting the priority of %(number)s tasks", count),
        lambda count: ngettext("The priority of 1 task is set.", "The priority of %(number)s tasks is set.", count),
    ),
}
ACTS = {f"tasks-{name}": Act(each.doing, partial(_at_length, each)) for name, each in BULK.items()}
