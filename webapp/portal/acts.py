"""What was done to the installation, by whom and when: the record that nobody changes."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine.queries import ActList
from engine.queries.grants import ActRow
from webapp.context import query, settings

page = Blueprint("acts", __name__)

WORDS = {
    "bind": "bound a step of",
    "change-password": "changed the password of",
    "create-group": "made the group",
    "create-token": "made an API token for",
    "create-user": "made the user",
    "create-webhook": "made the webhook",
    "delete": "deleted a version of",
    "delete-group": "took away the group",
    "delete-user": "took away the user",
    "delete-webhook": "took away the webhook",
    "deploy": "deployed",
    "grant": "granted a part in",
    "join": "added to the group",
    "leave": "removed from the group",
    "reset-password": "reset the password of",
    "revoke-grant": "took back a part in",
    "revoke-token": "revoked an API token of",
    "set-group": "changed the group",
    "set-state": "suspended or activated",
    "set-user": "changed the user",
    "unbind": "took away a binding of",
}


@page.get("/acts")
def show() -> str:
    wanted = {name: request.args.get(name, "").strip()[:200] or None for name in ("act", "subject", "actor")}
    rows = query(ActList(**wanted, limit=settings().page_size, after=request.args.get("after")))
    kept = {name: text for name, text in wanted.items() if text}
    lines = [(row, WORDS.get(row.act, row.act), _details(row)) for row in rows.rows]
    return render_template("acts.html", lines=lines, next=rows.next, kept=kept, words=WORDS)


def _details(row: ActRow) -> str:
    said = ((name.replace("_", " "), value) for name, value in row.data.items() if value not in (None, "", [], ()))
    return " · ".join(f"{name}: {', '.join(value) if isinstance(value, list) else value}" for name, value in said)
