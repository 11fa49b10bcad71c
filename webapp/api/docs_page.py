"""The document for programs at /openapi.json, and for people at /api/docs: one page made from it, without a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, render_template
from markupsafe import Markup, escape

from webapp.api.answers import answer
from webapp.api.problems import CODES, FIXES, example_of

docs_page = Blueprint("api_docs", __name__)


@docs_page.get("/openapi.json")
def document() -> Response:
    return answer(_document())


@docs_page.get("/api/docs")
def show() -> str:
    page = DocsPage(_document())
    refusal = written(example_of(409))
    return render_template(
        "api_docs.html",
        api=page.whole,
        subjects=page.subjects(),
        shapes=page.shapes(),
        codes=CODES,
        fixes=FIXES,
        refusal=refusal,
    )


def _document() -> dict[str, Any]:
    found: dict[str, Any] = current_app.extensions["procession-openapi"]
    return found


def written(example: Any) -> str:
    """As a person reads it; a file is shown as it is."""
    return example if isinstance(example, str) else json.dumps(example, indent=2, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class DocsPage:
    """What the page shows of the whole document."""

    whole: dict[str, Any]

    def subjects(self) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
        """Each subject with its operations, in the order of the document."""
        operations: dict[str, list[dict[str, Any]]] = {tag["name"]: [] for tag in self.whole["tags"]}
        for path, item in self.whole["paths"].items():
            for method, operation in item.items():
                for tag in operation["tags"]:
                    operations[tag].append(self._operation(path, method.upper(), operation))
        return [(tag, operations[tag["name"]]) for tag in self.whole["tags"]]

    def shapes(self) -> list[tuple[str, Markup, list[dict[str, Any]]]]:
        """What stands within something else: its name, what it is, its fields."""
        schemas = self.whole["components"]["schemas"]
        named = {ref for schema in schemas.values() for ref in _named(schema)}
        return [(name, _told(schemas[name]), self._fields(schemas[name])) for name in sorted(named)]

    def _operation(self, path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
        sent = operation.get("requestBody", {}).get("content", {})
        good = next(status for status in operation["responses"] if status.startswith("2"))
        given = operation["responses"][good].get("content", {})
        parameters = [self._resolved(each) for each in operation.get("parameters", ())]
        return {
            "id": operation["operationId"],
            "path": path,
            "method": method,
            "summary": operation["summary"],
            "permission": operation["x-permission"],
            "parameters": [_parameter(each) for each in parameters],
            "sent": [self._content(kind, each) for kind, each in sent.items()],
            "status": good,
            "given": [self._content(kind, each) for kind, each in given.items()],
        }

    def _content(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """Its fields; those of a row where it is a page of such."""
        rows = content["schema"].get("properties", {}).get("items")
        return {
            "kind": kind,
            "page": rows is not None,
            "fields": self._fields(rows["items"] if rows is not None else content["schema"]),
            "example": written(content["example"]),
        }

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        found = schema
        if "$ref" in schema:
            _, *parts = schema["$ref"].split("/")
            found = self.whole
            for part in parts:
                found = found[part]
        return found

    def _fields(self, schema: dict[str, Any]) -> list[dict[str, Any]]:
        """The fields of an object, with the kind of each in words."""
        resolved = self._resolved(schema)
        required = resolved.get("required", ())
        return [
            {"name": name, "kind": kind_of(each), "required": name in required, "about": _told(each)}
            for name, each in resolved.get("properties", {}).items()
        ]


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    """In an address nothing is null: it is left out."""
    schema = parameter["schema"]
    kinds = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return {
        "name": parameter["name"],
        "where": parameter["in"],
        "kind": kind_of({**schema, "anyOf": kinds} if kinds else schema),
        "required": parameter.get("required", False),
        "about": _told(parameter),
    }


def _told(schema: dict[str, Any]) -> Markup:
    """What is said of it; names stand between backticks."""
    pieces = str(schema.get("description", "")).split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(each) if number % 2 else escape(each) for number, each in enumerate(pieces)
    )


def _named(schema: Any) -> Iterator[str]:
    """The names of the shapes that stand in a schema."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield str(schema["$ref"]).rpartition("/")[2]
        for each in schema.values():
            yield from _named(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _named(each)


def kind_of(schema: dict[str, Any]) -> Markup:
    """`text`, `list of TaskRow`, `"active" or "suspended"`; a shape leads to where it is told."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return Markup('<a href="#{0}">{0}</a>').format(name)
    if "enum" in schema or "const" in schema:
        return Markup(" or ").join(f'"{each}"' for each in schema.get("enum", [schema.get("const")]))
    if "anyOf" in schema:
        return Markup(" or ").join(kind_of(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return Markup("list of {}").format(kind_of(schema.get("items", {})))
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    kind = str(schema.get("type", "anything"))
    return escape(schema.get("format") or words.get(kind, kind))
