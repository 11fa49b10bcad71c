"""Processes: what was deployed, the latest version of each."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine.queries import DefinitionList
from webapp.context import actor, page_size, query

page = Blueprint("processes", __name__)


@page.get("/processes")
def show() -> str:
    search = request.args.get("q", "")[:200]
    # Of how many cases there are those are told who see them all; everybody else has their own under Instances.
    with_counts = actor().may_somewhere("see")
    asked = DefinitionList(search=search, counted=with_counts, limit=page_size(), after=request.args.get("after"))
    rows = query(asked)
    return render_template("processes.html", definitions=rows.rows, next=rows.next, q=search, with_counts=with_counts)
