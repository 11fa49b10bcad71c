"""The models behind deployed definitions, read once."""

from __future__ import annotations

from flask import current_app

from engine.queries import DefinitionDetail, Resource, Resources
from webapp.context import query
from webapp.models import Model, ModelCache


def model_of(definition_id: str) -> Model | None:
    """The model of a definition. The bytes of a definition never change, so its id stands for them."""
    cache: ModelCache = current_app.extensions["procession-models"]

    def content() -> tuple[bytes, str]:
        resource = query(Resource(definition_id=definition_id))
        return resource.content, resource.name

    return cache.get(definition_id, content)


def files_beside(definition_id: str) -> dict[str, bytes]:
    """The forms that were deployed beside a model, by file name."""
    deployment = query(DefinitionDetail(definition_id)).deployment_id
    return {
        row.name: query(Resource(deployment_id=deployment, name=row.name)).content
        for row in query(Resources(deployment))
        if row.name.lower().endswith((".form", ".json"))
    }
