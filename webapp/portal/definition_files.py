"""The file of a definition: as it was uploaded, byte by byte, and as a drawing for the viewer."""

from __future__ import annotations

import unicodedata

from flask import Blueprint, Response, abort

from engine.queries import DefinitionDetail, Resource
from webapp.context import query
from webapp.definitions import model_of

page = Blueprint("definition_files", __name__)


def as_attachment(content: bytes, name: str) -> Response:
    """Never shown by the browser as anything: a file of somebody's, to be kept on disk."""
    response = Response(content, content_type="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=plain_name(name))
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def plain_name(name: str) -> str:
    """A name as a file may have it anywhere: no folders, nothing that cannot be seen or turns the text around."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(each if unicodedata.category(each)[0] not in "CZ" else " " for each in last)
    kept = "".join(each for each in seen if each not in '<>:"|?*').strip(" .-")
    return kept[-150:] or "process.bpmn"


def as_drawing(content: bytes | None) -> Response:
    """XML for the viewer, sent as text: opened by itself it must not be rendered as a document of ours."""
    if content is None:
        abort(404)
    return Response(content, content_type="text/plain; charset=utf-8")


@page.get("/definitions/<id>/file")
def file(id: str) -> Response:
    query(DefinitionDetail(id))
    resource = query(Resource(definition_id=id))
    return as_attachment(resource.content, resource.name)


@page.get("/definitions/<id>/drawing")
def drawing(id: str) -> Response:
    query(DefinitionDetail(id))
    model = model_of(id)
    response = as_drawing(model.drawing if model else None)
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
