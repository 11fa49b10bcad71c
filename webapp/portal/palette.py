"""The command palette: tasks, instances by business key, processes and pages by a few letters."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for

from engine.queries import DefinitionList, InstanceList, TaskList
from webapp.context import actor, query
from webapp.language import _
from webapp.portal.instances import STATES
from webapp.portal.subjects import subjects_of

page = Blueprint("palette", __name__)

MOST = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the palette: where it leads and what it says."""

    address: str
    text: str
    about: str = ""


@page.get("/find")
def find() -> str:
    q = request.args.get("q", "").strip()[:200]
    sections = [(_("Tasks"), _tasks(q)), (_("Instances"), _instances(q)), (_("Processes"), _processes(q))] if q else []
    return render_template("palette_found.html", sections=[each for each in sections if each[1]], q=q)


def _tasks(q: str) -> list[Found]:
    rows = query(TaskList(search=q, limit=MOST)).rows
    about = subjects_of(rows)
    return [
        Found(
            url_for("task.show", id=row.id),
            row.name or _("Task"),
            " · ".join(part for part in (about[row.id], row.definition_name or row.definition_key) if part),
        )
        for row in rows
    ]


def _instances(q: str) -> list[Found]:
    rows = query(InstanceList(search=q, limit=MOST)).rows
    return [
        Found(
            url_for("instance.show", id=row.id),
            row.business_key or row.id,
            f"{row.name or row.key}, {_(STATES[row.state])}",
        )
        for row in rows
    ]


def _processes(q: str) -> list[Found]:
    rows = query(DefinitionList(search=q, limit=MOST)).rows
    found = [Found(url_for("process.show", key=row.key), row.name or row.key, _("Process")) for row in rows]
    if actor().may_somewhere("start"):
        starts = query(DefinitionList(search=q, startable=True, counted=False, limit=MOST)).rows
        found += [
            Found(url_for("start.form", id=row.id), _("Start %(name)s", name=row.name or row.key)) for row in starts
        ]
    return found
