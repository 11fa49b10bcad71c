"""What the elements of a deployed process are called, read from the file as it was deployed."""

from __future__ import annotations

from engine.processengine import ProcessEngine

import bpmn
from bpmn.model import Definitions
from engine.identity import Actor
from engine.queries.deployments import Resource


def deployed_names(engine: ProcessEngine, actor: Actor, definition_id: str) -> dict[str, str]:
    """Names by element id, for the file of one definition."""
    resource = engine.query(Resource(definition_id=definition_id), actor)
    reading = bpmn.read(resource.content, resource.name)
    return element_names(reading.definitions) if reading.definitions else {}


def element_names(definitions: Definitions) -> dict[str, str]:
    """Names by element id; an element without a name is called by what it is."""
    names: dict[str, str] = {}
    for element in definitions.walk():
        if element.id:
            names[element.id] = " ".join((getattr(element, "name", None) or "").split()) or _kind(
                type(element).__name__
            )
    return names


def _kind(class_name: str) -> str:
    """`ExclusiveGateway` as `exclusive gateway`."""
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in class_name).strip()
