"""Who may do what in one process: granted and taken back on its page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands import GrantProcess, RevokeGrant
from engine.queries import DefinitionDetail, GrantList, StartersOf, UserList
from webapp.context import actor, execute, query
from webapp.language import _, later
from webapp.toast import say

page = Blueprint("process_grants", __name__)

WORDS = {
    "start": later("may start it"),
    "see": later("sees all its cases"),
    "work": later("may do any of its tasks"),
    "operate": later("mends it: incidents, variables, cancel, assign"),
}


def granted(key: str, definition_id: str) -> dict[str, Any]:
    """What the process page shows of it, to administrators."""
    if not actor().may("administer"):
        return {}
    return {
        "grants": query(GrantList(key=key)).rows,
        "starters": query(StartersOf(definition_id)),
        "grant_words": WORDS,
        "people": [each.id for each in query(UserList(limit=200)).rows],
    }


@page.post("/processes/<key>/grants")
def change(key: str) -> Response:
    """A form names the grant and whom; `then` says whether it is taken back."""
    query(DefinitionDetail(key=key))
    grant, kind, subject = (request.form.get(name, "").strip()[:300] for name in ("grant", "kind", "subject"))
    if request.form.get("then") == "revoke":
        execute(RevokeGrant(key, grant, kind, subject))  # type: ignore[arg-type]
        say(_("Taken back."))
    else:
        execute(GrantProcess(key, grant, kind, "" if kind == "all" else subject))  # type: ignore[arg-type]
        say(_("Granted."))
    return redirect(url_for("process.show", key=key, version=request.form.get("version", type=int)), 303)
