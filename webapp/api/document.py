"""The OpenAPI document: what flask-openapi3 collected of the endpoints, with what all of them have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_openapi3.models import APISpec
from flask_openapi3.models.components import Components
from flask_openapi3.models.info import Info

from webapp.api.problems import CODES, PROBLEM, REFUSALS, example_of
from webapp.api.schemas import SCHEMAS, keep
from webapp.api.subject import KEEPS_VERSION, TAKES_KEY, Subject

INFO = Info(
    title="Procession",
    version="1",
    description="Deploy BPMN files, start processes, do tasks and jobs, and mend what failed.",
)
SECURITY: dict[str, Any] = {
    "token": {"type": "http", "scheme": "bearer", "description": "An API token; see /api/v1/tokens."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "procession_session",
        "description": "The portal's own pages; what changes something also sends X-CSRF-Token.",
    },
}
HEADERS: dict[str, dict[str, Any]] = {
    TAKES_KEY: {
        "name": TAKES_KEY,
        "in": "header",
        "required": False,
        "description": "A text of your own. The same request sent again with it is not done again, for a week.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    },
    KEEPS_VERSION: {
        "name": KEEPS_VERSION,
        "in": "header",
        "required": False,
        "description": "The ETag that was read: done only if nothing has changed since, else 412.",
        "schema": {"type": "string", "pattern": '^(\\*|"[0-9a-f]{32}")$'},
    },
}


def document_of(subjects: Iterable[Subject]) -> dict[str, Any]:
    """The whole document, complete in itself."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    tags: list[Any] = []
    for subject in subjects:
        paths |= {path: _merged(paths.get(path), item) for path, item in subject.blueprint.paths.items()}
        keep(schemas, {name: _plain(each) for name, each in subject.blueprint.components_schemas.items()})
        tags += subject.blueprint.tags
    spec = APISpec(openapi="3.1.0", info=INFO, paths=paths, tags=tags, components=Components(schemas={}))
    document: dict[str, Any] = spec.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
    keep(schemas, {**SCHEMAS, "Problem": PROBLEM})
    document["components"] = {
        "schemas": schemas,
        "securitySchemes": SECURITY,
        "responses": {CODES[status]: _refusal(status) for status in REFUSALS},
        "parameters": {name: dict(each) for name, each in HEADERS.items()},
    }
    document["security"] = [{"token": []}, {"session": []}]
    for item in document["paths"].values():
        for operation in item.values():
            _complete(operation)
    return document


def _plain(schema: Any) -> dict[str, Any]:
    plain: dict[str, Any] = schema.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
    return plain


def _merged(item: Any, other: Any) -> Any:
    """Two subjects may share an address, each with methods of its own."""
    if item is None:
        return other
    for method in ("get", "post", "put", "patch", "delete"):
        if getattr(other, method) is not None:
            setattr(item, method, getattr(other, method))
    return item


def _complete(operation: dict[str, Any]) -> None:
    headers = operation.pop("x-headers", [])
    operation.setdefault("parameters", []).extend({"$ref": f"#/components/parameters/{name}"} for name in headers)
    for parameter in operation["parameters"]:
        parameter.pop("examples", None)
    permission = operation["x-permission"]
    operation["description"] = f"{operation.get('description', '')}\n\nNeeds the permission `{permission}`.".strip()
    for status in REFUSALS:
        if status != 412 or KEEPS_VERSION in headers:
            operation["responses"].setdefault(str(status), {"$ref": f"#/components/responses/{CODES[status]}"})


def _refusal(status: int) -> dict[str, Any]:
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example_of(status)}
    return {"description": REFUSALS[status], "content": {"application/problem+json": content}}
