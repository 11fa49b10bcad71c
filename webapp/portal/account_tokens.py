"""API tokens of one's own: made, shown once, revoked."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands import CreateToken, RevokeToken
from engine.errors import Refusal
from webapp.context import execute, now
from webapp.engine_words import told_with_fix
from webapp.language import _
from webapp.portal.account import TOKEN_WORDS, show_account
from webapp.toast import say

page = Blueprint("account_tokens", __name__)
LIVES = ("30", "90", "365", "")


@page.post("/account/tokens")
def create() -> str | tuple[str, int]:
    days = request.form.get("days", "90")
    until = now() + timedelta(days=int(days)) if days in LIVES and days else None
    wanted = tuple(name for name in TOKEN_WORDS if name in request.form.getlist("may"))
    try:
        made = execute(CreateToken(request.form.get("name", "")[:300], wanted, expires_at=until))
    except Refusal as refusal:
        return show_account(token_problem=told_with_fix(refusal.message, refusal.fix)), 422
    return show_account(token=made.token)


@page.post("/account/tokens/<id>/revoke")
def revoke(id: str) -> Response:
    execute(RevokeToken(id))
    say(_("Revoked: from now on it is worth nothing."))
    return redirect(url_for("account.show"), 303)
