"""How many tasks there are for the reader: in the top bar, and beside each filter. Asked once a request."""

from __future__ import annotations

from flask import g

from engine.queries import TaskFacets, TasksWaiting
from engine.queries.task_facets import Count, Facets
from webapp.context import query


def tasks_waiting() -> Count:
    if "tasks_waiting" not in g:
        g.tasks_waiting = query(TasksWaiting())
    count: Count = g.tasks_waiting
    return count


def task_facets() -> Facets:
    if "task_facets" not in g:
        g.task_facets = query(TaskFacets())
    facets: Facets = g.task_facets
    return facets
