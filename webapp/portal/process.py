"""One process: how it does, its diagram with what waits where, its versions, what is bound, who does which lane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request

from bpmn.model import BoundaryEvent, Process
from engine.queries import Bindings, DefinitionList, Groups, ProcessFigures, WaitingPlaces
from engine.queries.figures import WaitingRow
from engine.services.binding import Binding
from webapp.context import actor, query, recent
from webapp.definitions import model_of
from webapp.judging import groups_of_lane, lanes_of
from webapp.language import _
from webapp.locale_formats import number, span
from webapp.models import Model
from webapp.portal.process_grants import granted
from webapp.words import kind_of

page = Blueprint("process", __name__)


@page.get("/processes/<key>")
def show(key: str) -> str:
    # Of all cases it is told to who sees them all; everybody else has their own under Instances.
    sees = actor().within(key).may("see")
    asked = DefinitionList(key=key, counted=sees, limit=200)
    versions = (recent().get(("versions", key), lambda: query(asked)) if sees else query(asked)).rows
    wanted = request.args.get("version", type=int)
    chosen = next((each for each in versions if wanted is None or each.version == wanted), None)
    if chosen is None:
        abort(404)
    model = model_of(chosen.id)
    places = recent().get(("places", chosen.id), lambda: query(WaitingPlaces(chosen.id))) if sees else ()
    waiting = {each.element_id: each for each in places if not _waits_beside(model, each.element_id)}
    bindings = query(Bindings(key)) if actor().may("deploy") else {}
    return render_template(
        "process.html",
        definition=chosen,
        operates=actor().within(key).may("operate"),
        startable=bool(query(DefinitionList(key=key, startable=True, counted=False, limit=1)).rows),
        **granted(key, chosen.id),
        versions=versions,
        purpose=model.documentation(chosen.process_id) if model else "",
        stations=model.stations(chosen.process_id) if model else [],
        figures=recent().get(("figures", key, wanted), lambda: query(ProcessFigures(key, wanted))) if sees else None,
        span=span,
        wanted=wanted,
        waiting=waiting,
        overlay=_overlay(list(waiting.values())),
        drawn=model is not None and model.drawing is not None,
        lanes=_lanes(model, chosen.process_id, bindings),
        bound=[(subject, each, _subject(model, subject)) for subject, each in bindings.items() if not _lane(subject)],
        groups=[each.id for each in query(Groups())] if actor().may("deploy") else [],
    )


def _lanes(model: Model | None, process_id: str, bindings: dict[str, Binding]) -> list[tuple[str, str, str]]:
    process = model.element(process_id) if model else None
    if model is None or not isinstance(process, Process):
        return []
    return [(process_id, each, groups_of_lane(bindings, each)) for each in lanes_of(model.definitions, process)]


def _lane(subject: str) -> bool:
    return subject.startswith("lane:")


def _subject(model: Model | None, subject: str) -> str:
    element = model.element(subject) if model else None
    return f"{model.name(subject)} ({kind_of(element)})" if model and element is not None else subject


def _waits_beside(model: Model | None, id: str) -> bool:
    """An event on the edge of an activity waits as long as the activity does, and says nothing more."""
    return model is not None and isinstance(model.element(id), BoundaryEvent)


def _overlay(places: Sequence[WaitingRow]) -> dict[str, Any]:
    """Counts on the shapes, and heat behind them: in four steps, by the share of all that waits."""
    most = max((each.count for each in places), default=0)
    overlay: dict[str, Any] = {}
    for each in places:
        discs = [
            {
                "text": number(each.count),
                "kind": ["token"],
                "title": _("%(number)s waiting here", number=number(each.count)),
            }
        ]
        if each.stopped:
            discs.append(
                {
                    "text": f"! {number(each.stopped)}",
                    "kind": ["trouble"],
                    "title": _("%(number)s stopped here", number=number(each.stopped)),
                }
            )
        heat = 1 + min(3, 4 * each.count // (most + 1)) if most else 1
        overlay[each.element_id] = {"markers": [f"heat-{heat}"], "discs": discs}
    return overlay
