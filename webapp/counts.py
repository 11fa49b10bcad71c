"""How many tasks wait for the reader: shown in the top bar and beside the filters, asked once a request."""

from __future__ import annotations

from flask import g

from engine.queries import TaskCounts
from engine.queries.user_tasks import Counts
from webapp.context import query


def task_counts() -> Counts:
    if "task_counts" not in g:
        g.task_counts = query(TaskCounts())
    counts: Counts = g.task_counts
    return counts
