"""The portal's cookies: not readable by scripts, not sent by other sites, over https only where there is https."""

from __future__ import annotations

from flask import Response, request

SESSION = "procession_session"
VISIT = "procession_visit"
THEME = "procession_theme"
TOAST = "procession_toast"
LANGUAGE = "procession_language"
ZONE = "procession_zone"
"""Written by the page itself: where the browser is, by the name of its time zone."""


def set_cookie(response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """Without `seconds` the cookie lasts as long as the browser is open."""
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Lax", secure=request.is_secure, path="/")


def drop_cookie(response: Response, name: str) -> None:
    response.delete_cookie(name, httponly=True, samesite="Lax", secure=request.is_secure, path="/")
