"""Incidents: what stopped, why, and what to do, alike ones together; one or all of them tried again."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import RetryIncident
from engine.errors import Refusal
from engine.queries import IncidentList
from engine.queries.waits import IncidentRow
from webapp.context import execute, query
from webapp.definitions import model_of
from webapp.toast import say
from webapp.words import count_of

page = Blueprint("incidents", __name__)


def _cause(incident: IncidentRow) -> tuple[str, str, str]:
    return incident.definition_key, incident.element_id, incident.reason


@page.get("/incidents")
def show() -> str:
    rows = query(IncidentList(limit=200))
    groups = [list(alike) for _, alike in groupby(sorted(rows.rows, key=_cause), key=_cause)]
    groups.sort(key=len, reverse=True)
    names = {row.id: _element_name(row) for group in groups for row in group[:1]}
    return render_template("incidents.html", groups=groups, names=names, more=rows.next is not None)


def _element_name(incident: IncidentRow) -> str:
    model = model_of(incident.definition_id)
    return model.name(incident.element_id) if model else incident.element_id


@page.post("/incidents/retry")
def retry() -> Response:
    """Each incident is its own command: one that cannot be tried again does not hold up the others."""
    done, refused = 0, 0
    for id in request.form.getlist("incident")[:200]:
        try:
            execute(RetryIncident(id))
            done += 1
        except Refusal:
            refused += 1
    note = f", {count_of(refused, 'was', 'were')} gone or refused" if refused else ""
    say(f"Tried again: {count_of(done, 'incident')}{note}.")
    return redirect(url_for("incidents.show"), 303)
