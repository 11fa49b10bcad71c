"""Which program asks: by an API token, or a page of ours with the session and its mark. Nobody else is heard."""

from __future__ import annotations

import re

from flask import Flask, Response, g, request

from engine.identity import SYSTEM
from engine.queries.api_tokens import ActorOfToken
from webapp.api.problems import problem
from webapp.api.subject import ASKED, KEEPS_VERSION, NEEDS, TAKES_KEY
from webapp.auth.csrf import SAFE, is_ours
from webapp.auth.programs import is_for_programs
from webapp.context import Visitor, actor, engine, visitor

SCHEME = "bearer"
HEADERS_FIT = {
    TAKES_KEY: re.compile(r"[!-~]{1,200}").fullmatch,
    KEEPS_VERSION: re.compile(r'\*|"[0-9a-f]{32}"').fullmatch,
}
CHARSET = "utf-8"
BODY_TYPES = {"application/json", "multipart/form-data"}


def guard_api(app: Flask) -> None:
    """Look before anything is read of a request: who is it, is it theirs, may they, can it be understood."""

    @app.before_request
    def check() -> Response | None:
        if not is_for_programs():
            return None
        return _known() or _may() or _understood()


def by_token() -> bool:
    return "by_token" in g


def know_program() -> None:
    """The visitor that an API token stands for. Where one is sent it counts alone, whatever cookie comes with it."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme:
        who = engine().query(ActorOfToken(token.strip()), SYSTEM) if scheme.lower() == SCHEME else None
        g.visitor = Visitor(who, who.user or "") if who is not None else None
        g.by_token = True


def _known() -> Response | None:
    know_program()
    if visitor() is None:
        sent = "This API token is not known, or it has ended." if by_token() else "You did not say who you are."
        return problem(401, sent)
    if not by_token() and request.method not in SAFE and not is_ours():
        return problem(403, "This did not come from a page of ours.", "Send the page's mark as X-CSRF-Token.")
    return None


def _may() -> Response | None:
    """An endpoint says what it needs; one that says nothing is for nobody."""
    if request.endpoint is None:
        return None
    needed = NEEDS.get(request.endpoint)
    # Of one process or of all: the engine looks at which it is about.
    if needed is None or not actor().may_somewhere(needed):
        return problem(403, f"You may not {needed}.", "Ask an administrator for the permission, or for a wider token.")
    return None


def _understood() -> Response | None:
    if request.endpoint is None:
        return None
    if request.content_length and request.method not in SAFE and request.mimetype not in BODY_TYPES:
        return problem(415, f"{request.mimetype or 'Nothing'} is not understood here.")
    charset = request.mimetype_params.get("charset", CHARSET)
    if charset.lower() != CHARSET:
        return problem(415, f"{charset[:40]} is not read here.", f"Write it in {CHARSET}.")
    if "\0" in request.path or any("\0" in text for pair in request.args.items(multi=True) for text in pair):
        return problem(400, "The address has a character that no name has.", "Leave out %00.")
    wrong = [name for name, fits in HEADERS_FIT.items() if name in request.headers and not fits(request.headers[name])]
    if wrong:
        return problem(400, f"{wrong[0]} is not written as it should be.", "See the documentation at /api/docs.")
    if request.args and request.endpoint not in ASKED:
        return problem(422, "Nothing is asked for behind the question mark here.", "Leave it out.")
    twice = sorted(name for name in request.args if len(request.args.getlist(name)) > 1)
    if twice:
        return problem(400, f"{', '.join(twice)} is given more than once.", "Give each parameter once.")
    return None
