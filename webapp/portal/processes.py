"""Processes: what was deployed, the latest version of each."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine.queries import DefinitionList
from webapp.context import query, settings

page = Blueprint("processes", __name__)


@page.get("/processes")
def show() -> str:
    search = request.args.get("q", "")[:200]
    rows = query(DefinitionList(search=search, limit=settings().page_size, after=request.args.get("after")))
    return render_template("processes.html", definitions=rows.rows, next=rows.next, q=search)
