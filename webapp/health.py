"""Whether the server is up, and whether it can work: asked by operators' tools, without sign-in."""

from __future__ import annotations

import logging

from flask import Blueprint, Response

from engine.identity import SYSTEM
from engine.queries.totals import TablesAreCurrent
from webapp.context import engine

health = Blueprint("health", __name__)
log = logging.getLogger("procession.health")


@health.get("/health")
def up() -> Response:
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@health.get("/ready")
def ready() -> Response:
    """Requests may come: the database answers, and its tables are those of this version."""
    try:
        current = engine().query(TablesAreCurrent(), SYSTEM)
    except Exception:
        # Whatever keeps the database from answering: the tool is told no, the log has why.
        log.exception("The database does not answer")
        return Response("the database does not answer\n", 503, content_type="text/plain; charset=utf-8")
    if not current:
        return Response("the tables are of another version\n", 503, content_type="text/plain; charset=utf-8")
    return Response("ready\n", content_type="text/plain; charset=utf-8")
