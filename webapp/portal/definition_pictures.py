"""A definition as a picture, for documents: SVG and PNG with colours of their own."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from bpmn.render import render, render_png
from engine.queries import DefinitionDetail
from webapp.context import query
from webapp.definitions import model_of
from webapp.models import Model
from webapp.portal.definition_files import as_attachment

page = Blueprint("definition_pictures", __name__)


def _model(id: str) -> tuple[Model, str]:
    definition = query(DefinitionDetail(id))
    model = model_of(id)
    if model is None or model.drawing is None:
        abort(404)
    return model, f"{definition.name or definition.key} {definition.version}"


@page.get("/definitions/<id>/picture.svg")
def svg(id: str) -> Response:
    model, name = _model(id)
    return as_attachment(render(model.drawn, theme="light").encode(), f"{name}.svg")


@page.get("/definitions/<id>/picture.png")
def png(id: str) -> Response:
    model, name = _model(id)
    return as_attachment(render_png(model.drawn), f"{name}.png")
