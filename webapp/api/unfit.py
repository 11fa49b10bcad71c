"""Where a request differs from what the document says of it, and what it may have instead."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request
from pydantic import ValidationError

from webapp.api.problems import problem

SAID = {
    "extra_forbidden": "{} is not asked for here.",
    "missing": "{} is needed.",
    "model_type": "A JSON object is needed.",
}


def does_not_fit(error: ValidationError) -> Response:
    """What was sent is not repeated, it may be a secret."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    errors = [
        {"where": [str(part) for part in each["loc"]], "what": each["msg"], "kind": each["type"]} for each in found
    ]
    takes = ", ".join(_names(error.title))
    fix = f"It takes {takes}. See /api/docs." if takes else "Compare it with the documentation at /api/docs."
    return problem(422, _sentence(errors[0]) if errors else "It does not fit.", fix, errors=errors)


def _sentence(error: dict[str, Any]) -> str:
    where = ".".join(error["where"]) or "The request"
    said = SAID.get(error["kind"])
    return said.format(where) if said is not None else f"{where}: {error['what']}."


def _names(title: str) -> list[str]:
    """What a body of that name may have; else what may stand behind the question mark of this address."""
    document = current_app.extensions["procession-openapi"]
    body = document["components"]["schemas"].get(title)
    if body is not None:
        return list(body["properties"])
    path = str(request.url_rule).replace("<path:", "<").replace("<", "{").replace(">", "}")
    asked = document["paths"].get(path, {}).get(request.method.lower(), {}).get("parameters", ())
    return [each["name"] for each in asked if each.get("in") == "query"]
