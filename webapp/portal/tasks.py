"""The task list, laid out like mail: filters with counts, the list, the task."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.queries import TaskList
from engine.queries.user_tasks import Sort, View
from webapp.context import query, settings
from webapp.counts import task_counts

page = Blueprint("tasks", __name__)

VIEWS: dict[str, View] = {"all": "all", "mine": "mine", "groups": "candidate"}
PLAIN = {"view": "all", "sort": "created", "q": "", "process": None}
SORTS: dict[Sort, str] = {
    "created": "Newest first",
    "due": "Due first",
    "priority": "Most important first",
    "name": "By name",
}


@page.get("/")
def home() -> Response:
    return redirect(url_for("tasks.show"))


@page.get("/tasks")
def show() -> str:
    return render_template("tasks.html", **task_list(), selected=None)


def chosen_list() -> dict[str, Any]:
    """Which list the address asks for; an unknown word means the plain one."""
    view, sort = request.args.get("view", ""), request.args.get("sort", "")
    return {
        "view": view if view in VIEWS else PLAIN["view"],
        "sort": sort if sort in SORTS else PLAIN["sort"],
        "q": request.args.get("q", "")[:200],
        "process": request.args.get("process") or None,
    }


def asked_list(limit: int, after: str | None = None) -> TaskList:
    chosen = chosen_list()
    return TaskList(
        view=VIEWS[chosen["view"]],
        search=chosen["q"],
        definition_key=chosen["process"],
        sort=chosen["sort"],
        limit=limit,
        after=after,
    )


def task_list() -> dict[str, Any]:
    """What the filters and the list show; they live in the address, so that every list can be sent to somebody."""
    chosen = chosen_list()
    rows = query(asked_list(settings().page_size, request.args.get("after")))
    counts = task_counts()
    return {
        "tasks": rows.rows,
        "next": rows.next,
        "chosen": chosen,
        "kept": {name: value for name, value in chosen.items() if value != PLAIN[name]},
        "views": [
            ("all", "All", counts.all),
            ("mine", "Mine", counts.mine),
            ("groups", "My groups", counts.candidate),
        ],
        "overdue": counts.overdue,
        "sorts": SORTS,
    }
