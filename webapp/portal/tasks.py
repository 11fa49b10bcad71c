"""The task list, laid out like mail: filters with counts, the list, the task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.queries import KeptFilters
from engine.queries.kept import KeptFilter
from engine.queries.task_facets import Count, Facets
from webapp.context import now, page_size, query
from webapp.counts import task_facets
from webapp.language import _
from webapp.portal.subjects import subjects_of
from webapp.portal.task_list import PRIORITIES, SORTS, Chosen, chosen_list

page = Blueprint("tasks", __name__)


@dataclass(frozen=True, slots=True)
class Filter:
    """A line of the left side: its list, how many tasks that has, and whether it is the one that is shown."""

    label: str
    chosen: Chosen
    count: Count | None
    current: bool
    tone: str = ""
    remove: str = ""


@page.get("/")
def home() -> Response:
    return redirect(url_for("tasks.show"))


@page.get("/tasks")
def show() -> str:
    return render_template("tasks.html", **task_list(), selected=None)


def task_list() -> dict[str, Any]:
    """What the filters and the list show; they live in the address, so that every list can be sent to somebody."""
    chosen = chosen_list(request.args)
    rows = query(chosen.asked(now(), page_size(), request.args.get("after")))
    return {
        "tasks": rows.rows,
        "subjects": subjects_of(rows.rows),
        "next": rows.next,
        "chosen": chosen,
        "kept": chosen.kept,
        "sections": filters(chosen, task_facets(), query(KeptFilters())),
        "sorts": SORTS,
        "priorities": PRIORITIES,
    }


def filters(chosen: Chosen, facets: Facets, kept: tuple[KeptFilter, ...]) -> list[tuple[str, list[Filter]]]:
    """The left side by heading. A line is a whole list by itself, so that its number is that of what it shows."""
    here = Chosen(chosen.view, chosen.group, chosen.due, chosen.process)

    def line(label: str, of: Chosen, count: Count, tone: str = "") -> Filter:
        return Filter(label, of, count, here == of, tone)

    whose = [
        line(_("All"), Chosen(), facets.all),
        line(_("Mine"), Chosen("mine"), facets.mine),
        line(_("My groups"), Chosen("groups"), facets.candidate),
    ]
    if len(facets.groups) > 1:
        whose += [line(group, Chosen(group=group), count, "part") for group, count in facets.groups.items()]
    whose.append(line(_("Asked about"), Chosen("mentioned"), facets.mentioned, "seldom"))
    when = [
        line(_("Late"), Chosen(due="late"), facets.overdue, "late"),
        line(_("Due this week"), Chosen(due="week"), facets.due_week),
        line(_("Follow up"), Chosen(due="follow"), facets.follow_up, "seldom"),
    ]
    processes = [line(each.name or each.key, Chosen(process=each.key), each.count) for each in facets.processes]
    if chosen.process and all(each.key != chosen.process for each in facets.processes):
        processes.append(line(chosen.process, Chosen(process=chosen.process), Count(0)))
    sections = [
        (_("Tasks"), whose),
        (_("When"), when),
        (_("Process"), processes),
        (_("Kept lists"), list(_kept(chosen, kept))),
    ]
    return [(heading, shown) for heading, lines in sections if (shown := [each for each in lines if _tells(each)])]


def _tells(line: Filter) -> bool:
    """A list that few people ever have is not shown empty."""
    seldom = line.tone in ("part", "seldom")
    return line.current or line.count is None or line.count.number > 0 or not seldom


def _kept(chosen: Chosen, kept: tuple[KeptFilter, ...]) -> list[Filter]:
    lists = [(each, chosen_list(dict(parse_qsl(each.address)))) for each in kept]
    return [
        Filter(each.name, of, None, of == chosen, "shared" if each.group else "", each.id if each.mine else "")
        for each, of in lists
    ]
