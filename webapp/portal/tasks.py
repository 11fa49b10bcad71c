"""The task list, laid out like mail: filters with counts, the list, the task."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.queries import TaskCounts, TaskList
from webapp.context import query, settings

page = Blueprint("tasks", __name__)

VIEWS = {"all": "all", "mine": "mine", "groups": "candidate"}
PLAIN = {"view": "all", "sort": "created", "q": "", "process": None}
SORTS = {"created": "Newest first", "due": "Due first", "priority": "Most important first", "name": "By name"}


@page.get("/")
def home() -> Response:
    return redirect(url_for("tasks.show"))


@page.get("/tasks")
def show() -> str:
    return render_template("tasks.html", **task_list(), selected=None)


def task_list() -> dict[str, Any]:
    """What the filters and the list show; they live in the address, so that every list can be sent to somebody."""
    view = request.args.get("view", "all")
    sort = request.args.get("sort", "created")
    chosen = {
        "view": view if view in VIEWS else "all",
        "sort": sort if sort in SORTS else "created",
        "q": request.args.get("q", "")[:200],
        "process": request.args.get("process") or None,
    }
    rows = query(
        TaskList(
            view=VIEWS[chosen["view"]],
            search=chosen["q"],
            definition_key=chosen["process"],
            sort=chosen["sort"],
            limit=settings().page_size,
            after=request.args.get("after"),
        )
    )
    counts = query(TaskCounts())
    kept = {name: value for name, value in chosen.items() if value != PLAIN[name]}
    return {
        "tasks": rows.rows,
        "next": rows.next,
        "chosen": chosen,
        "kept": kept,
        "views": [
            ("all", "All I can do", counts.all),
            ("mine", "Mine", counts.mine),
            ("groups", "My groups", counts.candidate),
        ],
        "overdue": counts.overdue,
        "sorts": SORTS,
    }
