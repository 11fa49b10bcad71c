"""What programs ask: everything below /api but the page that explains it, and what operators' tools read."""

from __future__ import annotations

from flask import request

PAGE = "/api/docs"
TOOLS = {"/metrics"}


def is_for_programs() -> bool:
    """Answered as data, problems too; asked with a token, or with a session and its mark."""
    path = request.path
    return path in TOOLS or ((path.lower() == "/api" or path.lower().startswith("/api/")) and path != PAGE)
