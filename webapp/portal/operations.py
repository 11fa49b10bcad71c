"""Operations: what stopped, by cause; jobs that wait, are late or fail; who works; the database and the server."""

from __future__ import annotations

from importlib.metadata import version

from flask import Blueprint, render_template

from engine.queries import DatabaseState, IncidentCauses, JobFigures, Workers
from engine.queries.causes import CauseRow
from engine.queries.operations import JobsRow
from webapp.context import query
from webapp.definitions import model_of
from webapp.language import later

page = Blueprint("operations", __name__)

KINDS = {
    "timer": later("Timers"),
    "async": later("Steps in the background"),
    "service": later("Service calls"),
    "external": later("Workers’ jobs"),
    "message": later("Messages on their way"),
    "signal": later("Signals on their way"),
    "webhook": later("Messages to other systems"),
    "mail": later("Mail to people"),
}
COMPONENTS = ("procession", "SpiffWorkflow", "SQLAlchemy", "Flask")


@page.get("/operations")
def show() -> str:
    causes: tuple[CauseRow, ...] = query(IncidentCauses())
    jobs: tuple[JobsRow, ...] = query(JobFigures())
    totals = {
        name: sum(getattr(row, name) for row in jobs)
        for name in ("total", "due", "late", "working", "failing", "exhausted")
    }
    return render_template(
        "operations.html",
        causes=causes,
        incidents=sum(each.count for each in causes),
        names={(each.definition_key, each.element_id): _element_name(each) for each in causes},
        jobs=jobs,
        kinds=KINDS,
        totals=totals,
        workers=query(Workers()),
        database=query(DatabaseState()),
        versions={name: version(name) for name in COMPONENTS},
    )


def _element_name(cause: CauseRow) -> str:
    model = model_of(cause.definition_id)
    return model.name(cause.element_id) if model else cause.element_id
