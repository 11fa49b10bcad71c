"""A session is a row in the database; the browser holds its token and nothing else."""

from __future__ import annotations

from flask import Flask, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.identity import SYSTEM
from engine.queries import SessionOf
from webapp.auth.cookies import SESSION, drop_cookie
from webapp.auth.programs import is_for_programs
from webapp.context import Visitor, engine, visitor

OPEN_TO_ALL = {
    "api_docs.document",
    "api_docs.show",
    "assets.asset",
    "health.ready",
    "health.up",
    "sign_in.choose_language",
    "sign_in.show",
    "sign_in.sign_in",
}


FIRST = {"account.password", "account.change_password", "sign_in.sign_out", "sign_in.theme"} | OPEN_TO_ALL


def know_visitors(app: Flask) -> None:
    """Find out who asks before each page; whoever has not signed in is sent to do so, and comes back afterwards."""

    @app.before_request
    def find() -> AnyResponse | None:
        if request.endpoint == "assets.asset":
            return None
        token = request.cookies.get(SESSION)
        if token:
            session = engine().query(SessionOf(token), SYSTEM)
            if session is None:
                g.session_over = True
            else:
                name = session.name or session.actor.user or ""
                g.visitor = Visitor(session.actor, name, session.profile, session.must_change)
        if visitor() is None and request.endpoint not in OPEN_TO_ALL and not is_for_programs():
            return _to_sign_in()
        who = visitor()
        if who is not None and who.must_change and request.endpoint not in FIRST:
            # A password for once opens nothing but the page where it is changed.
            if is_for_programs():
                g.visitor = None
                return None
            return redirect(url_for("account.password"), 303)
        return None

    @app.after_request
    def forget(response: Response) -> Response:
        if g.get("session_over") and not any(
            c.startswith(f"{SESSION}=") for c in response.headers.getlist("Set-Cookie")
        ):
            drop_cookie(response, SESSION)
        return response


def _to_sign_in() -> AnyResponse:
    # A form cannot be repeated after sign-in; the page it was on can, and drafts bring the words back.
    here = request.full_path.rstrip("?") if request.method == "GET" else (request.form.get("page") or "/")
    target = url_for("sign_in.show", next=here if here != "/" else None)
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": target})
    return redirect(target, 303)
