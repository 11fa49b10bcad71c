"""What a program is told when something is refused or breaks: application/problem+json, with what to do about it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from webapp.logs import reference

CODES = {
    400: "invalid",
    401: "not-signed-in",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    412: "has-changed",
    413: "too-large",
    415: "unsupported-media-type",
    422: "does-not-fit",
    500: "broken",
    503: "not-ready",
}
FIXES = {
    401: "Send an API token as 'Authorization: Bearer ...', or sign in to the portal.",
    404: "Look it up in its list: it may have ended, or it does not concern you.",
    405: "Look at the methods in the documentation at /api/docs.",
    415: "Send application/json (curl: --json), or a file as multipart/form-data where the documentation says so.",
    500: "Try again; if it happens again, tell your operator the reference.",
}

REFUSALS = {
    400: "The request is wrong.",
    401: "Nobody said who asks.",
    403: "The one who asks may not.",
    404: "There is no such thing, or not for the one who asks.",
    409: "It was possible a moment ago.",
    412: "It has changed since it was read.",
    413: "It is too large.",
    415: "It is of a kind that is not understood.",
    422: "It does not fit this document.",
}
EXAMPLES = {
    400: ("There is no mode 'guide'.", "Use marked, guided, executable."),
    401: ("You did not say who you are.", ""),
    403: ("You may not operate.", "Ask an administrator for the permission, or for a wider token."),
    404: ("There is no such process instance, or it does not concern you.", ""),
    409: ("clara has taken this task.", "Take another, or ask them to give it back."),
    412: ("It has changed since you read it.", "Read it again, then decide whether you still want this."),
    413: ("A request may have 32 MB at most.", "Send less at once."),
    415: ("text/plain is not understood here.", ""),
    422: ("priority: Input should be less than or equal to 100.", "It takes priority. See /api/docs."),
}
"""By status what is said, and what to do where it is not the same for all."""
UNFIT = {"where": ["priority"], "what": "Input should be less than or equal to 100", "kind": "less_than_equal"}
PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail", "fix", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened."},
        "fix": {"type": "string", "description": "What to do now."},
        "instance": {"type": "string", "description": "Holds the reference that the server's log has."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "what", "kind"],
                "properties": {
                    "where": {"type": "array", "items": {"type": "string"}},
                    "what": {"type": "string"},
                    "kind": {"type": "string"},
                },
            },
        },
    },
}


def problem(
    status: int, detail: str, fix: str = "", *, errors: list[dict[str, Any]] | None = None, number: str | None = None
) -> Response:
    """RFC 9457. `instance` holds the reference under which the log has the request; `errors` say where in the body."""
    said = _said(status, detail, fix, number or reference())
    if errors is not None:
        said["errors"] = errors
    response = Response(json.dumps(said, ensure_ascii=True), status, content_type="application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Procession"'
    return response


def _said(status: int, detail: str, fix: str, number: str) -> dict[str, Any]:
    return {
        "type": f"/api/docs#problem-{CODES.get(status, 'invalid')}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "fix": fix or FIXES.get(status, ""),
        "instance": f"urn:procession:reference:{number}",
    }


def example_of(status: int) -> dict[str, Any]:
    """A refusal with this status, as the document shows it."""
    said = _said(status, *EXAMPLES[status], "5F0C1B7A")
    return {**said, "errors": [UNFIT]} if status == 422 else said


def unserved(error: HTTPException) -> Response:
    """What the address or the request itself is refused for, before anybody has looked at it."""
    status = error.code or 500
    if status == 404:
        return problem(404, "There is nothing at this address.", "All addresses are in the documentation at /api/docs.")
    response = problem(status, error.description or HTTPStatus(status).description)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response
