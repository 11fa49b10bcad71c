"""What was done to the installation, by whom and when: the record that nobody changes."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine.queries import ActChain, ActList
from engine.queries.acts import ActRow
from webapp.chain_words import sentence, written
from webapp.context import query, settings
from webapp.language import _, later
from webapp.locale_formats import exact

page = Blueprint("acts", __name__)

WORDS = {
    "bind": later("bound a step of"),
    "change-password": later("changed the password of"),
    "create-group": later("made the group"),
    "create-token": later("made an API token for"),
    "create-user": later("made the user"),
    "create-webhook": later("made the webhook"),
    "delete": later("deleted a version of"),
    "drop-webhook-secret": later("ended the old secret of the webhook"),
    "delete-group": later("took away the group"),
    "delete-user": later("took away the user"),
    "delete-webhook": later("took away the webhook"),
    "deploy": later("deployed"),
    "grant": later("granted a part in"),
    "join": later("added to the group"),
    "leave": later("removed from the group"),
    "renew-webhook-secret": later("renewed the secret of the webhook"),
    "reset-password": later("reset the password of"),
    "revoke-grant": later("took back a part in"),
    "revoke-token": later("revoked an API token of"),
    "set-group": later("changed the group"),
    "set-state": later("suspended or activated"),
    "set-webhook": later("changed the webhook"),
    "set-user": later("changed the user"),
    "unbind": later("took away a binding of"),
}


@page.get("/acts")
def show() -> str:
    wanted = {name: request.args.get(name, "").strip()[:200] or None for name in ("act", "subject", "actor")}
    rows = query(ActList(**wanted, limit=settings().page_size, after=request.args.get("after")))
    kept = {name: text for name, text in wanted.items() if text}
    lines = [(row, _(WORDS[row.act]) if row.act in WORDS else row.act, _details(row)) for row in rows.rows]
    # To look at every entry may take long, so the page asks for it when it is there.
    chain = query(ActChain()) if request.args.get("check") else None
    return render_template(
        "acts.html",
        lines=lines,
        next=rows.next,
        kept=kept,
        words=WORDS,
        chain=chain,
        findings=[sentence(each) for each in chain.findings] if chain else [],
        end=written(chain.last) if chain else "",
        until=exact(chain.intact_at) if chain and chain.intact_at else "",
    )


def _details(row: ActRow) -> str:
    said = ((name.replace("_", " "), value) for name, value in row.data.items() if value not in (None, "", [], ()))
    return " · ".join(f"{name}: {', '.join(value) if isinstance(value, list) else value}" for name, value in said)
