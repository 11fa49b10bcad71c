"""A form of ours carries a mark that only the reader's own cookie can make; without it nothing is changed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request

from webapp.auth.cookies import SESSION, VISIT, set_cookie
from webapp.auth.programs import is_for_programs

FIELD = "csrf"
SAFE = {"GET", "HEAD", "OPTIONS"}
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


def _secret() -> str:
    """The session's token, or before sign-in that of the visit."""
    token = request.cookies.get(SESSION) or request.cookies.get(VISIT)
    if token:
        return token
    if "visit" not in g:
        g.visit = secrets.token_urlsafe(32)
    return str(g.visit)


def csrf_token() -> str:
    return hmac.new(_secret().encode(), b"form", hashlib.sha256).hexdigest()


def is_ours() -> bool:
    """Browsers say where a request comes from; where they do, another site's is refused whatever it carries."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    if origin and origin != "null" and urlsplit(origin).netloc != request.host:
        return False
    given = request.form.get(FIELD) or request.headers.get("X-CSRF-Token") or ""
    known = SESSION in request.cookies or VISIT in request.cookies
    return known and hmac.compare_digest(given.encode(), csrf_token().encode())


def protect_forms(app: Flask) -> None:
    @app.before_request
    def check() -> None:
        # Programs are known by other means; see webapp/api/access.py.
        if request.method in SAFE or is_for_programs():
            return
        if request.content_length and request.mimetype not in FORMS:
            abort(415)
        if not is_ours():
            abort(403)

    @app.after_request
    def remember(response: Response) -> Response:
        if "visit" in g:
            set_cookie(response, VISIT, g.visit)
        return response
