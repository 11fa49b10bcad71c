"""How far long work is. The page asks again by itself until the work is done; leaving it stops nothing."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from webapp.context import actor, batches

page = Blueprint("progress", __name__)


@page.get("/progress/<id>")
def show(id: str) -> str:
    batch = batches().get(id, actor().user or "")
    return render_template("progress_part.html" if request.headers.get("HX-Request") else "progress.html", batch=batch)
