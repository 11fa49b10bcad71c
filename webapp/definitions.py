"""The models behind deployed definitions, read once."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from engine.forms.documents import FormWanted
from engine.queries import DeployedForm, Resource
from webapp.context import query
from webapp.forms.task import FormSource
from webapp.models import Model, ModelCache


def model_of(definition_id: str) -> Model | None:
    """The model of a definition. The bytes of a definition never change, so its id stands for them."""
    cache: ModelCache = current_app.extensions["procession-models"]

    def content() -> tuple[bytes, str]:
        resource = query(Resource(definition_id=definition_id))
        return resource.content, resource.name

    return cache.get(definition_id, content)


def deployed_form(definition_id: str, begun: datetime | None = None) -> FormSource:
    """Gives the deployed forms that a model names; `begun`: when the task began that asks for one."""

    def document(wanted: FormWanted) -> str | None:
        found: str | None = query(DeployedForm(wanted, definition_id, begun))
        return found

    return document
