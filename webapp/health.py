"""Whether the server is up: asked by operators' tools, without sign-in."""

from __future__ import annotations

from flask import Blueprint, Response

health = Blueprint("health", __name__)


@health.get("/health")
def up() -> Response:
    return Response("ok\n", content_type="text/plain; charset=utf-8")
