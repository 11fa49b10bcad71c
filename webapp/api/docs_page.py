"""The document for programs at /openapi.json, and for people at /api/docs: one page made from it, without a script."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, render_template

from webapp.api.answers import answer
from webapp.api.problems import CODES, FIXES

docs_page = Blueprint("api_docs", __name__)


@docs_page.get("/openapi.json")
def document() -> Response:
    return answer(_document())


@docs_page.get("/api/docs")
def show() -> str:
    whole = _document()
    return render_template("api_docs.html", api=whole, subjects=_by_subject(whole), codes=CODES, fixes=FIXES)


def _document() -> dict[str, Any]:
    found: dict[str, Any] = current_app.extensions["procession-openapi"]
    return found


def _by_subject(whole: dict[str, Any]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each subject with its operations, in the order of the document."""
    operations: dict[str, list[dict[str, Any]]] = {tag["name"]: [] for tag in whole["tags"]}
    for path, item in whole["paths"].items():
        for method, operation in item.items():
            for tag in operation["tags"]:
                operations[tag].append(_operation(whole, path, method.upper(), operation))
    return [(tag, operations[tag["name"]]) for tag in whole["tags"]]


def _operation(whole: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    parameters = [_resolved(whole, each) for each in operation.get("parameters", ())]
    sent = operation.get("requestBody", {}).get("content", {})
    good = next(status for status in operation["responses"] if status.startswith("2"))
    return {
        "id": operation["operationId"],
        "path": path,
        "method": method,
        "summary": operation["summary"],
        "permission": operation["x-permission"],
        "parameters": parameters,
        "sent": [(kind, _fields(whole, each["schema"])) for kind, each in sent.items()],
        "status": good,
        "given": [
            (kind, _fields(whole, each["schema"]))
            for kind, each in operation["responses"][good].get("content", {}).items()
        ],
    }


def _resolved(whole: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    found = schema
    if "$ref" in schema:
        _, *parts = schema["$ref"].split("/")
        found = whole
        for part in parts:
            found = found[part]
    return found


def _fields(whole: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of an object, with the kind of each in words."""
    resolved = _resolved(whole, schema)
    required = resolved.get("required", ())
    return [
        {"name": name, "kind": kind_of(each), "required": name in required, "about": each.get("description", "")}
        for name, each in resolved.get("properties", {}).items()
    ]


def kind_of(schema: dict[str, Any]) -> str:
    """`text`, `list of TaskRow`, `"active" or "suspended"`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " or ".join(f'"{each}"' for each in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(kind_of(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    kind = str(schema.get("type", "anything"))
    return str(schema.get("format") or words.get(kind, kind))
