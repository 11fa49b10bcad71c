"""Answers of the engine as JSON, with their version."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from flask import Response, request

from engine import values
from engine.commands.requested import version_of
from engine.queries.page import Page


def plain(value: Any) -> Any:
    """What JSON can say: moments as texts, variables in the encoding that keeps their kinds."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _field(each.type, getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return json.loads(values.encode(value))
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(each) for each in value)
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value


def _field(type: Any, value: Any) -> Any:
    # A field that may hold anything holds a variable's value.
    return json.loads(values.encode(value)) if type == "Any" else plain(value)


def answer(value: Any, status: int = 200) -> Response:
    # Nothing but ASCII: a lone half of a character pair is no UTF-8, and variables may hold one.
    return Response(json.dumps(value, ensure_ascii=True, allow_nan=False), status, content_type="application/json")


def shown(value: Any) -> Response:
    return answer(plain(value))


def listed(page: Page[Any]) -> Response:
    return answer({"items": [plain(row) for row in page.rows], "next": page.next})


def versioned(value: Any, *, of: Any = None) -> Response:
    """One thing with its ETag; asked again with If-None-Match it is not sent if it is the same.

    `of`: what the engine answered, where `value` was made of it; a version is of that.
    """
    response = shown(value)
    response.set_etag(version_of(value if of is None else of))
    response.make_conditional(request)
    return response


def download(content: bytes, name: str, kind: str = "application/octet-stream") -> Response:
    """Never shown by a browser, whatever it holds."""
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
