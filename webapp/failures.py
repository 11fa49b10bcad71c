"""What a person sees when something is refused or breaks: what happened, what to do now, and the number the log has."""

from __future__ import annotations

import logging

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from engine.commands.declared_form import FormContradicted
from engine.errors import Refusal
from webapp.api.problems import problem, unserved
from webapp.auth.programs import is_for_programs
from webapp.context import settings
from webapp.engine_words import told
from webapp.language import _, later
from webapp.logs import reference

log = logging.getLogger("procession.web")

TITLES = {
    400: later("That did not work"),
    401: later("Please sign in"),
    403: later("That was not sent"),
    404: later("There is no such page"),
    405: later("That did not work"),
    409: later("Somebody was faster"),
    413: later("That is too large"),
    415: later("That was not understood"),
    500: later("Something broke on our side"),
}
ADVICE = {
    403: later("The form is out of date. Go back, reload the page and send it again: what you typed is kept."),
    404: later("It may have been finished or moved, or the address has a typing mistake."),
    405: later("Go back and use the buttons on the page."),
    415: later("Go back and use the buttons on the page."),
    500: later("Nothing you entered was changed. Try again; if it happens again, tell your operator the number below."),
}
UNKNOWN = later("The request was not understood. Go back and try again.")


Answer = Response | tuple[str, int]


def _page(status: int, message: str, fix: str = "", *, title: str | None = None, number: str | None = None) -> Answer:
    title = title or TITLES.get(status, TITLES[400])
    return render_template("error.html", title=_(title), message=message, fix=fix, number=number, status=status), status


def _by_field(refusal: Refusal) -> list[dict[str, object]] | None:
    """What a form says of each of its fields."""
    if not isinstance(refusal, FormContradicted):
        return None
    return [{"where": ["variables", name], "what": said, "kind": "form"} for name, said in refusal.problems.items()]


def show_failures(app: Flask) -> None:
    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> Answer:
        if is_for_programs():
            return problem(refusal.status, refusal.message, refusal.fix, errors=_by_field(refusal))
        title = later("That is not yours to do") if refusal.status == 403 else None
        return _page(refusal.status, told(refusal.message), told(refusal.fix), title=title)

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(error: RequestEntityTooLarge) -> Answer:
        limit = settings().upload_limit // (1024 * 1024)
        if is_for_programs():
            return problem(413, f"A request may have {limit} MB at most.", "Send less at once.")
        return _page(413, _("A file may have %(limit)s MB at most.", limit=limit), _("Send a smaller file."))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Answer:
        status = error.code or 500
        if is_for_programs():
            return unserved(error)
        return _page(status, _(ADVICE.get(status, UNKNOWN)))

    @app.errorhandler(Exception)
    def broke(error: Exception) -> Answer:
        number = reference()
        log.error("reference %s: %s %s", number, request.method, request.path, exc_info=error)
        if is_for_programs():
            return problem(500, "Something broke on our side. Nothing was changed.")
        return _page(500, _(ADVICE[500]), number=number)
