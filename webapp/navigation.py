"""The top bar: the pages this reader may use, and how many tasks and incidents wait there."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, abort, request

from engine.queries.task_facets import Count
from webapp.context import actor
from webapp.counts import tasks_waiting
from webapp.portal import PAGES, Page


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the top bar; `count` is None where nothing is counted."""

    label: str
    icon: str
    path: str
    current: bool
    count: Count | None


def navigation() -> list[Entry]:
    entries = []
    for page in PAGES:
        if page.label and actor().may(page.permission):
            current = request.path == page.path or request.path.startswith(page.path + "/")
            entries.append(Entry(page.label, page.icon, page.path, current, _count(page)))
    return entries


def _count(page: Page) -> Count | None:
    if page.path != "/tasks":
        return None
    return tasks_waiting()


def guard_pages(app: Flask) -> None:
    """A page without its permission is not there, for links, forms and guesses alike."""
    permissions = {page.blueprint.name: page.permission for page in PAGES}

    @app.before_request
    def check() -> None:
        permission = permissions.get(request.blueprint or "")
        if permission is not None and not actor().may(permission):
            abort(404)
