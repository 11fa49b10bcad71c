"""A write of the API: sent under a key it is done once, sent with a version it is done only if nothing has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import Response, request

from engine.commands.requested import Requested, Sent, Unchanged
from engine.errors import Invalid
from engine.queries.query import Query
from webapp.api.answers import answer, plain
from webapp.api.subject import KEEPS_VERSION, TAKES_KEY
from webapp.context import execute


def carry_out(
    command: Sent,
    shown: Callable[[Any], Any] = plain,
    *,
    question: Query[Any] | None = None,
    root: str | None = None,
    settled: Callable[[Any], bool] = lambda result: True,
) -> Any:
    """Its result, as `shown` makes plain. `question` is what a version is of; `root` names what lies under its lock.

    An answer that is not `settled` is not kept under the request's key.
    """
    key = request.headers.get(TAKES_KEY) or None
    said = _fingerprint(command) if key else ""
    return execute(Requested(command, shown, key, said, _unchanged(question, root), settled))


def done(command: Sent, *, question: Query[Any] | None = None, root: str | None = None) -> Response:
    """Carried out, and there is nothing more to say."""
    carry_out(command, lambda result: None, question=question, root=root)
    return Response(status=204)


def made(command: Sent, shown: Callable[[Any], Any], where: str) -> Response:
    """Carried out; something new stands at `where`, which has a place for its id."""
    result = carry_out(command, shown)
    response = answer(result, 201)
    response.headers["Location"] = where.replace("{id}", quote(str(result["id"]), safe=""))
    return response


def _unchanged(question: Query[Any] | None, root: str | None) -> Unchanged | None:
    if KEEPS_VERSION not in request.headers:
        return None
    if question is None:
        raise Invalid("This has no version.", fix="Send it without If-Match.")
    if request.if_match.star_tag:
        return None
    return Unchanged(question, frozenset(request.if_match.as_set()), root)


def _fingerprint(command: Sent) -> str:
    """Of what was sent. The parts of a form are told from each other by a mark that differs each time."""
    sent = repr(command).encode() if request.mimetype == "multipart/form-data" else request.get_data()
    return hashlib.sha256(f"{request.method} {request.path}\n".encode() + sent).hexdigest()[:32]
