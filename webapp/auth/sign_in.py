"""The sign-in page, and signing out."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from engine.commands import ChangeProfile, SignIn, SignOut
from engine.commands.users import THEMES
from engine.errors import Refusal
from engine.identity import SYSTEM
from webapp.auth.cookies import LANGUAGE, SESSION, THEME, drop_cookie, set_cookie
from webapp.auth.redirects import safe_path
from webapp.auth.throttle import Throttle, keys_of
from webapp.context import engine, execute, now, settings, visitor
from webapp.language import _, languages, later, ngettext

sign_in_page = Blueprint("sign_in", __name__)
WRONG = later("The user name or the password is wrong.")


def _form(problem: str = "", status: int = 200) -> tuple[str, int]:
    target = safe_path(request.values.get("next"), "/")
    return render_template("sign_in.html", problem=problem, user=request.form.get("user", ""), next=target), status


@sign_in_page.get("/sign-in")
def show() -> AnyResponse | tuple[str, int]:
    if visitor():
        return redirect(safe_path(request.args.get("next"), "/"))
    return _form()


def _sign_in(user: str, password: str) -> SignIn:
    agent = request.headers.get("User-Agent")
    return SignIn(user, password, settings().session_life, request.remote_addr, agent)


@sign_in_page.post("/sign-in")
def sign_in() -> AnyResponse | tuple[str, int]:
    throttle: Throttle = current_app.extensions["procession-throttle"]
    user, password = request.form.get("user", "").strip()[:200], request.form.get("password", "")[:1000]
    keys = keys_of(user.lower(), request.remote_addr or "")
    wait = throttle.wait(keys, now())
    if wait:
        seconds = max(1, round(wait.total_seconds()))
        pause = (
            ngettext("1 second", "%(number)s seconds", seconds)
            if seconds < 90
            else ngettext("1 minute", "%(number)s minutes", round(seconds / 60))
        )
        words = _("There were too many tries. Please wait %(pause)s, then try again.", pause=pause)
        page = make_response(_form(words, 429))
        page.headers["Retry-After"] = str(seconds)
        return page
    try:
        token = engine().execute(_sign_in(user, password), SYSTEM)
    except Refusal:
        throttle.failed(keys, now())
        return _form(_(WRONG), 401)
    throttle.succeeded(keys)
    response = redirect(safe_path(request.form.get("next"), "/"), 303)
    set_cookie(response, SESSION, token, seconds=int(settings().session_life.total_seconds()))
    return response


@sign_in_page.post("/sign-out")
def sign_out() -> AnyResponse:
    engine().execute(SignOut(request.cookies.get(SESSION, "")), SYSTEM)
    response = redirect("/sign-in", 303)
    drop_cookie(response, SESSION)
    return response


@sign_in_page.post("/theme")
def theme() -> Response | AnyResponse:
    response = redirect(safe_path(request.form.get("back"), "/"), 303)
    chosen = request.form.get("theme", "")
    if visitor():
        execute(ChangeProfile(theme=chosen if chosen in THEMES else ""))
    if chosen in THEMES:
        set_cookie(response, THEME, chosen, seconds=365 * 24 * 3600)
    else:
        drop_cookie(response, THEME)
    return response


@sign_in_page.post("/language")
def choose_language() -> AnyResponse:
    """For this browser; whoever has signed in has it in the profile too."""
    response = redirect(safe_path(request.form.get("back"), "/"), 303)
    chosen = request.form.get("language", "")
    if chosen in languages():
        if visitor():
            execute(ChangeProfile(language=chosen))
        set_cookie(response, LANGUAGE, chosen, seconds=365 * 24 * 3600)
    return response
