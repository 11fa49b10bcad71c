"""Jobs one by one: when each is due, how often it was tried, what it said, and doing it now."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import ExecuteJob, SetJobRetries
from engine.queries import JobList
from engine.queries.operations import PATIENCE
from engine.queries.waits import JobRow
from webapp.context import execute, now, page_size, query
from webapp.definitions import model_of
from webapp.language import _, later
from webapp.portal.operations import KINDS
from webapp.toast import say

page = Blueprint("operations_jobs", __name__)

STATES = {
    "": later("All"),
    "due": later("Due"),
    "late": later("Late"),
    "failing": later("Failing"),
    "exhausted": later("No tries left"),
}
TRIES = 3


@page.get("/jobs")
def show() -> str:
    state, kind = request.args.get("state", ""), request.args.get("kind", "")
    narrowed: dict[str, dict[str, Any]] = {
        "due": {"exhausted": False, "due_before": now()},
        "late": {"exhausted": False, "due_before": now() - PATIENCE},
        "failing": {"failing": True},
        "exhausted": {"exhausted": True},
    }
    asked = JobList(
        kind=kind if kind in KINDS else None,
        topic=request.args.get("topic") or None,
        limit=page_size(),
        after=request.args.get("after"),
        **narrowed.get(state, {}),
    )
    rows = query(asked)
    kept = {"state": state if state in STATES else "", "kind": asked.kind, "topic": asked.topic}
    return render_template(
        "jobs.html",
        jobs=rows.rows,
        next=rows.next,
        names={row.id: _element_name(row) for row in rows.rows},
        kept={name: value for name, value in kept.items() if value},
        states=STATES,
        kinds=KINDS,
    )


def _element_name(job: JobRow) -> str:
    model = model_of(job.runs) if job.runs else None
    return model.name(job.element_id) if model else (job.element_id or job.kind.capitalize())


def _back() -> Response:
    kept = {name: request.form.get(name) or None for name in ("state", "kind", "topic")}
    return redirect(url_for("operations_jobs.show", **kept), 303)


@page.post("/jobs/<id>/run")
def run(id: str) -> Response:
    execute(ExecuteJob(id))
    say(_("Done now."))
    return _back()


@page.post("/jobs/<id>/retries")
def give_tries(id: str) -> Response:
    execute(SetJobRetries(id, TRIES))
    say(_("It has %(number)s tries again.", number=TRIES))
    return _back()
