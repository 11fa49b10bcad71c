"""The top bar: the pages this reader may use, and how many tasks and incidents wait there."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, abort, request

from engine.queries.task_facets import Count
from webapp.context import actor
from webapp.counts import tasks_waiting
from webapp.language import _
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
        if page.label and _admits(page):
            current = request.path == page.path or request.path.startswith(page.path + "/")
            entries.append(Entry(_(page.label), page.icon, page.path, current, _count(page)))
    return entries


def _count(page: Page) -> Count | None:
    if page.path != "/tasks":
        return None
    return tasks_waiting()


def _admits(page: Page) -> bool:
    """What is `by_process` looks itself at which process it is about."""
    return actor().may_somewhere(page.permission) if page.by_process else actor().may(page.permission)


def guard_pages(app: Flask) -> None:
    """A page without its permission is not there, for links, forms and guesses alike."""
    pages = {page.blueprint.name: page for page in PAGES}

    @app.before_request
    def check() -> None:
        page = pages.get(request.blueprint or "")
        if page is not None and not _admits(page):
            abort(404)
