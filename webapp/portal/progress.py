"""How far long work is. The page asks again by itself until the work is done; leaving it stops nothing."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine.queries.batches import BatchItems, BatchProgress
from webapp.context import batches, query

page = Blueprint("progress", __name__)
MOST = 500


@page.get("/progress/<id>")
def show(id: str) -> str:
    progress = query(BatchProgress(id))
    act = batches().acts.get(progress.batch.act)
    return render_template(
        "progress_part.html" if request.headers.get("HX-Request") else "progress.html",
        progress=progress,
        title=act.title(progress.batch.total) if act else progress.batch.act,
        refused=query(BatchItems(id, "refused", limit=MOST)) if progress.refused else (),
        done=query(BatchItems(id, "done", limit=MOST)) if progress.finished else (),
        most=MOST,
    )
