"""One process: its diagram with what waits where, its versions, the file as it was uploaded."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from engine.queries import DefinitionList, TokenCounts
from webapp.context import actor, query
from webapp.definitions import model_of

page = Blueprint("process", __name__)


@page.get("/processes/<key>")
def show(key: str) -> str:
    versions = query(DefinitionList(key=key, limit=200)).rows
    wanted = request.args.get("version", type=int)
    chosen = next((each for each in versions if wanted is None or each.version == wanted), None)
    if chosen is None:
        abort(404)
    model = model_of(chosen.id)
    waiting = {each.element_id: each.count for each in query(TokenCounts(chosen.id))} if actor().may("operate") else {}
    return render_template(
        "process.html",
        definition=chosen,
        versions=versions,
        purpose=model.documentation(chosen.process_id) if model else "",
        stations=model.stations(chosen.process_id) if model else [],
        waiting=waiting,
        overlay=_overlay(waiting),
        drawn=model is not None and model.drawing is not None,
    )


def _overlay(waiting: dict[str, int]) -> dict[str, Any]:
    return {
        id: {
            "markers": ["waiting"],
            "discs": [{"text": str(count), "kind": ["token"], "title": f"{count} waiting here"}],
        }
        for id, count in waiting.items()
    }
