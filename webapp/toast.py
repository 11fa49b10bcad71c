"""What was done, said once on the page that follows, with a way back where there is one."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from flask import Flask, Response, g, request, url_for

from webapp.auth.cookies import TOAST, drop_cookie, set_cookie

# What can be put back, each a form like any other: the page's function, and what its address calls its subject.
UNDOING = {
    **{act: (f"task_changes.{act}", "id") for act in ("claim", "unclaim", "assign", "dates", "priority")},
    "state": ("process_actions.set_state", "key"),
    "binding": ("process_actions.bind", "key"),
}
LONGEST_UNDO = 2000


@dataclass(frozen=True, slots=True)
class Undo:
    """What would put it back: a change of a task or a process, by its name, with the fields that it takes."""

    act: str
    subject: str
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        endpoint, subject = UNDOING[self.act]
        return url_for(endpoint, **{subject: self.subject})


@dataclass(frozen=True, slots=True)
class Toast:
    """`draft` names a draft that has arrived and can be forgotten."""

    message: str
    draft: str | None = None
    undo: Undo | None = None


def say(message: str, *, draft_done: str | None = None, undo: Undo | None = None) -> None:
    """Show this on the next page. An undo that a cookie has no room for is left out."""
    if undo is not None and sum(len(name) + len(value) for name, value in undo.fields.items()) > LONGEST_UNDO:
        undo = None
    g.toast = Toast(message, draft_done, undo)


def _kept() -> Toast | None:
    """What the previous answer left. It is the browser's to change: shown as text, and undone by a form like any."""
    text = request.cookies.get(TOAST)
    if not text:
        return None
    try:
        kept = json.loads(base64.urlsafe_b64decode(text))
    except (ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or not isinstance(kept.get("message"), str):
        return None
    draft = kept.get("draft")
    return Toast(kept["message"], draft if isinstance(draft, str) else None, _undo(kept.get("undo")))


def _undo(kept: Any) -> Undo | None:
    if not isinstance(kept, dict) or kept.get("act") not in UNDOING or not isinstance(kept.get("subject"), str):
        return None
    fields = kept.get("fields")
    given = fields.items() if isinstance(fields, dict) else ()
    return Undo(kept["act"], kept["subject"], {str(name): str(value) for name, value in given})


def toast() -> Toast | None:
    g.toast_shown = True
    return _kept()


def keep_toasts(app: Flask) -> None:
    @app.after_request
    def keep(response: Response) -> Response:
        if "toast" in g:
            text = json.dumps(asdict(g.toast)).encode()
            set_cookie(response, TOAST, base64.urlsafe_b64encode(text).decode(), seconds=60)
        elif g.get("toast_shown") and TOAST in request.cookies:
            drop_cookie(response, TOAST)
        return response
