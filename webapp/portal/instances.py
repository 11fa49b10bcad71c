"""Instances: what runs and what ran. Filter, order and page are in the address, so that a list can be kept and sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, get_args

from flask import Blueprint, render_template, request

from bpmn.model import BoundaryEvent
from engine.queries import DefinitionList, InstanceCounts, InstanceList
from engine.queries.definitions import DefinitionRow
from engine.queries.instances import MOST, Holds, Sort
from webapp.context import page_size, query
from webapp.definitions import model_of
from webapp.forms.answers import meaning
from webapp.language import later
from webapp.zones import meant

page = Blueprint("instances", __name__)

STATES = {
    "": later("All"),
    "running": later("Running"),
    "incident": later("With incidents"),
    "completed": later("Completed"),
    "failed": later("Failed"),
    "cancelled": later("Cancelled"),
}
SORTS = {
    "newest": later("Newest first"),
    "oldest": later("Oldest first"),
    "ended": later("Ended last"),
    "business_key": later("By reference"),
}
NAMES = ("state", "process", "version", "q", "key", "variable", "value", "by", "since", "until", "at", "sort", "called")
FOLDED = ("version", "key", "variable", "by", "since", "until", "at", "called")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The list that an address asks for: `kept` is the address, cleaned; `wrong` what could not be understood."""

    kept: dict[str, str]
    asked: InstanceList
    wrong: tuple[str, ...]

    @property
    def folded(self) -> int:
        """How many filters are set that the page folds away."""
        return sum(name in self.kept for name in FOLDED)


def wanted_by(args: Mapping[str, str], limit: int) -> Wanted:
    kept = {name: text for name in NAMES if (text := args.get(name, "").strip()[:200])}
    wrong = [name for name in ("since", "until") if name in kept and _day(kept[name]) is None]
    wrong += [name for name in ("version",) if name in kept and not kept[name].isdecimal()]
    for name, known in (("state", STATES), ("sort", get_args(Sort))):
        if kept.get(name, "") not in (*known, ""):
            del kept[name]
    state, until = kept.get("state"), _day(kept.get("until", ""))
    asked = InstanceList(
        key=kept.get("process"),
        version=int(kept["version"]) if kept.get("version", "").isdecimal() else None,
        state=state if state != "incident" else None,
        business_key=kept.get("key"),
        search=kept.get("q", ""),
        variable=Holds(kept["variable"], meaning(kept.get("value", ""))) if "variable" in kept else None,
        started_by=kept.get("by"),
        waiting_at=kept.get("at"),
        with_incident=state == "incident",
        called_too="called" in kept,
        started_after=_day(kept.get("since", "")),
        started_before=until + timedelta(days=1) if until else None,
        sort=kept.get("sort", "newest"),  # type: ignore[arg-type]
        limit=limit,
        after=args.get("after"),
    )
    return Wanted(kept, asked, tuple(wrong))


def _day(text: str) -> datetime | None:
    try:
        return meant(datetime.combine(date.fromisoformat(text), time()))
    except ValueError:
        return None


@page.get("/instances")
def show() -> str:
    wanted = wanted_by(request.args, page_size())
    rows = query(wanted.asked)
    counts: dict[str, int] = query(InstanceCounts(wanted.asked))
    counts[""] = min(MOST, sum(count for state, count in counts.items() if state != "incident"))
    processes = query(DefinitionList(limit=200, counted=False)).rows
    chosen = next((each for each in processes if each.key == wanted.kept.get("process")), None)
    return render_template(
        "instances.html",
        instances=rows.rows,
        next=rows.next,
        kept=wanted.kept,
        wrong=wanted.wrong,
        folded=wanted.folded,
        counts=counts,
        most=MOST,
        states=STATES,
        sorts=SORTS,
        processes=processes,
        process=chosen,
        places=_places(chosen, wanted.kept.get("at")) if chosen else [],
    )


def _places(definition: DefinitionRow, at: str | None) -> list[tuple[str, str]]:
    """Where one may wait in the latest version, by id and name; with what the address names, if that is another's."""
    model = model_of(definition.id)
    stations = model.stations(definition.process_id) if model else []
    places: list[tuple[str, Any]] = [
        (each.id, each.name)
        for each in stations
        if model is not None and not isinstance(model.element(each.id), BoundaryEvent)
    ]
    if at and at not in dict(places):
        places.append((at, model.name(at) if model else at))
    return places
