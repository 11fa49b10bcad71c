"""How many tasks and news there are for the reader: in the top bar, and beside each filter. Asked once a request."""

from __future__ import annotations

from flask import g

from engine.queries import TaskFacets, TasksWaiting
from engine.queries.notices import UnreadNotices
from engine.queries.task_facets import Count, Facets
from webapp.context import query


def tasks_waiting() -> Count:
    if "tasks_waiting" not in g:
        g.tasks_waiting = query(TasksWaiting())
    count: Count = g.tasks_waiting
    return count


def unread() -> int:
    """How many mentions the reader has not read."""
    if "unread" not in g:
        g.unread = query(UnreadNotices())
    return int(g.unread)


def forget_unread() -> None:
    g.pop("unread", None)


def task_facets() -> Facets:
    if "task_facets" not in g:
        g.task_facets = query(TaskFacets())
    facets: Facets = g.task_facets
    return facets
