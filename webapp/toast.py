"""What was done, said once on the page that follows."""

from __future__ import annotations

import base64
import json

from flask import Flask, Response, g, request

from webapp.auth.cookies import TOAST, drop_cookie, set_cookie


def say(message: str, *, draft_done: str | None = None) -> None:
    """Show this on the next page; `draft_done` names a draft that has arrived and can be forgotten."""
    g.toast = {"message": message, "draft": draft_done}


def _kept() -> dict[str, str | None] | None:
    """What the previous answer left. The text is the browser's to change, so it is shown as text only."""
    text = request.cookies.get(TOAST)
    if not text:
        return None
    try:
        kept = json.loads(base64.urlsafe_b64decode(text))
    except (ValueError, RecursionError):
        return None
    return kept if isinstance(kept, dict) and isinstance(kept.get("message"), str) else None


def toast() -> dict[str, str | None] | None:
    g.toast_shown = True
    return _kept()


def keep_toasts(app: Flask) -> None:
    @app.after_request
    def keep(response: Response) -> Response:
        if "toast" in g:
            set_cookie(response, TOAST, base64.urlsafe_b64encode(json.dumps(g.toast).encode()).decode(), seconds=60)
        elif g.get("toast_shown") and TOAST in request.cookies:
            drop_cookie(response, TOAST)
        return response
