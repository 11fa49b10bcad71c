"""What a program is told when something is refused or breaks: application/problem+json, with what to do about it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Response
from pydantic import ValidationError
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
    404: "Look at the address in the documentation at /api/docs.",
    405: "Look at the methods in the documentation at /api/docs.",
    415: "Send application/json, or a file as multipart/form-data where the documentation says so.",
    500: "Try again; if it happens again, tell your operator the reference.",
}


def problem(
    status: int, detail: str, fix: str = "", *, errors: list[dict[str, Any]] | None = None, number: str | None = None
) -> Response:
    """RFC 9457. `instance` holds the reference under which the log has the request; `errors` say where in the body."""
    code = CODES.get(status, "invalid")
    said: dict[str, Any] = {
        "type": f"/api/docs#problem-{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "fix": fix or FIXES.get(status, ""),
        "instance": f"urn:procession:reference:{number or reference()}",
    }
    if errors is not None:
        said["errors"] = errors
    response = Response(json.dumps(said, ensure_ascii=True), status, content_type="application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Procession"'
    return response


def unserved(error: HTTPException) -> Response:
    """What the address or the request itself is refused for, before anybody has looked at it."""
    status = error.code or 500
    response = problem(status, error.description or HTTPStatus(status).description)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def does_not_fit(error: ValidationError) -> Response:
    """Where the request differs from what the document says; what was sent is not repeated, it may be a secret."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    errors = [
        {"where": [str(part) for part in each["loc"]], "what": each["msg"], "kind": each["type"]} for each in found
    ]
    first = f"{'.'.join(errors[0]['where']) or 'The request'}: {errors[0]['what']}." if errors else "It does not fit."
    return problem(422, first, "Compare it with the documentation at /api/docs.", errors=errors)
