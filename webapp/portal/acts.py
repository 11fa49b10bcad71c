"""What was done to the installation, by whom and when: the record that nobody changes."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine.queries import ActChain, ActList
from webapp.chain_words import sentence, written
from webapp.context import page_size, query
from webapp.locale_formats import exact
from webapp.portal.act_words import WORDS, lines_of

page = Blueprint("acts", __name__)


@page.get("/acts")
def show() -> str:
    wanted = {name: request.args.get(name, "").strip()[:200] or None for name in ("act", "subject", "actor")}
    rows = query(
        ActList(
            act=wanted["act"],
            subject=wanted["subject"],
            actor=wanted["actor"],
            limit=page_size(),
            after=request.args.get("after"),
        )
    )
    kept = {name: text for name, text in wanted.items() if text}
    # To look at every entry may take long, so the page asks for it when it is there.
    chain = query(ActChain()) if request.args.get("check") else None
    return render_template(
        "acts.html",
        lines=lines_of(rows.rows),
        next=rows.next,
        kept=kept,
        words=WORDS,
        chain=chain,
        findings=[sentence(each) for each in chain.findings] if chain else [],
        end=written(chain.last) if chain else "",
        until=exact(chain.intact_at) if chain and chain.intact_at else "",
    )
