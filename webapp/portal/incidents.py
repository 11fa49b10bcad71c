"""Incidents one by one, of all causes or of one; alike ones are tried again together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import RetryIncident
from engine.errors import Invalid, Refusal
from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.queries import IncidentList
from engine.queries.waits import IncidentRow
from webapp.batches import Act
from webapp.context import actor, batches, execute, page_size, query
from webapp.definitions import model_of
from webapp.language import _, ngettext
from webapp.locale_formats import number
from webapp.toast import say

page = Blueprint("incidents", __name__)
AT_ONCE = 25
NAMES = ("process", "element", "code", "reason")


def _wanted(args: Mapping[str, str]) -> dict[str, str]:
    """The cause that an address or a form names."""
    return {name: text for name in NAMES if (text := args.get(name, ""))}


def _list(wanted: Mapping[str, str], limit: int, after: str | None = None) -> IncidentList:
    return IncidentList(
        definition_key=wanted.get("process"),
        element_id=wanted.get("element"),
        code=wanted.get("code"),
        reason=wanted.get("reason"),
        limit=limit,
        after=after,
    )


@page.get("/incidents")
def show() -> str:
    wanted = _wanted(request.args)
    rows = query(_list(wanted, page_size(), request.args.get("after")))
    return render_template(
        "incidents.html",
        incidents=rows.rows,
        names={row.id: _element_name(row) for row in rows.rows},
        next=rows.next,
        wanted=wanted,
    )


def _element_name(incident: IncidentRow) -> str:
    model = model_of(incident.definition_id)
    return model.name(incident.element_id) if model else incident.element_id


@page.post("/incidents/retry")
def retry() -> Response:
    """Each incident is its own command: one that cannot be tried again does not hold up the others."""
    wanted = _wanted(request.form)
    ids = request.form.getlist("incident")[:1000] or (_all(wanted) if wanted else [])
    if not ids:
        raise Invalid(_("No incident was chosen."), fix=_("Mark those that shall be tried again."))
    back = url_for("operations.show")
    if len(ids) > AT_ONCE:
        batch = batches().begin(actor(), "retry", [(each, each) for each in ids], back)
        return redirect(url_for("progress.show", id=batch), 303)
    done = 0
    for id in ids:
        try:
            execute(RetryIncident(id))
            done += 1
        except Refusal:
            continue
    refused = len(ids) - done
    words = ngettext("Tried 1 incident again.", "Tried %(number)s incidents again.", done)
    if refused:
        words += " " + ngettext("1 was gone or refused.", "%(number)s were gone or refused.", refused)
    say(words)
    return redirect(back, 303)


def _try_again(engine: ProcessEngine, actor: Actor, id: str) -> RetryIncident:
    return RetryIncident(id)


ACTS = {"retry": Act(lambda count: _("Trying %(number)s incidents again", number=number(count)), _try_again)}


def _all(wanted: Mapping[str, str]) -> list[str]:
    """All of that cause, before the first is tried again: one that stops anew is not tried twice."""
    ids: list[str] = []
    after: str | None = None
    while True:
        rows: Any = query(_list(wanted, 200, after))
        ids += [row.id for row in rows.rows]
        after = rows.next
        if after is None:
            return ids
