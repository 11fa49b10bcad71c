"""One's own account: how one is called and shown things, password, sessions, API tokens."""

from __future__ import annotations

from zoneinfo import available_timezones

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import ChangePassword, ChangeProfile, EndSession
from engine.errors import Invalid, Refusal
from engine.permissions import PERMISSIONS
from engine.queries import SessionList
from engine.queries.api_tokens import TokenList
from engine.queries.identities import token_hash
from webapp.auth.browsers import browser_of
from webapp.auth.cookies import SESSION
from webapp.context import actor, engine, execute, profile, query, settings
from webapp.engine_words import told_with_fix
from webapp.language import _, check_language, later
from webapp.toast import say

page = Blueprint("account", __name__)


ROWS = (25, 50, 100, 200)


def _token() -> str:
    return request.cookies.get(SESSION, "")


def show_account(**said: str) -> str:
    """The page; `said` are problems by section, or the token that is shown this once."""
    return render_template(
        "account.html",
        profile=profile(),
        mails=sends_mail(),
        rows=ROWS,
        rows_of_all=settings().page_size,
        zones=sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")),
        sessions=[(each, browser_of(each.agent)) for each in query(SessionList(_token()))],
        tokens=query(TokenList(limit=200)).rows,
        may=[(name, words) for name, words in TOKEN_WORDS.items() if name == "read" or actor().may_somewhere(name)],
        said=said,
    )


def sends_mail() -> bool:
    return bool(engine().settings.smtp_url)


TOKEN_WORDS = {"read": later("look at what concerns you"), **PERMISSIONS}


@page.get("/account")
def show() -> str:
    return show_account()


@page.post("/account/profile")
def change_profile() -> Response | tuple[str, int]:
    given = {name: request.form.get(name, "")[:300] for name in ("name", "email", "language", "zone", "theme")}
    wishes = {name: name in request.form for name in ("mail_mentions", "mail_tasks")} if sends_mail() else {}
    try:
        check_language(given["language"])
        execute(ChangeProfile(**given, **wishes, page_size=_rows(request.form.get("page_size", ""))))
    except Refusal as refusal:
        return show_account(profile=told_with_fix(refusal.message, refusal.fix)), 422
    say(_("Saved."))
    return redirect(url_for("account.show"), 303)


def _rows(text: str) -> int:
    if text and not (text.isdecimal() and len(text) < 5):
        raise Invalid(_("How many rows is a whole number."))
    return int(text or 0)


@page.get("/account/password")
def password() -> str:
    return render_template("account_password.html", problem="")


@page.post("/account/password")
def change_password() -> Response | tuple[str, int]:
    old, new = request.form.get("old", "")[:1000], request.form.get("new", "")[:1001]
    try:
        if new != request.form.get("again", ""):
            return render_template("account_password.html", problem=_("The two new passwords differ.")), 422
        execute(ChangePassword(actor().user or "", new, old, stay=token_hash(_token())))
    except Refusal as refusal:
        return render_template("account_password.html", problem=told_with_fix(refusal.message, refusal.fix)), 422
    say(_("Your password is changed. You are signed out everywhere else."))
    return redirect(url_for("account.show"), 303)


@page.post("/account/sessions")
def end_session() -> Response:
    """One by its id; without one all but this."""
    execute(EndSession(request.form.get("session") or None, stay=token_hash(_token())))
    say(_("Signed out there."))
    return redirect(url_for("account.show"), 303)
