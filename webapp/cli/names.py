"""What the elements of a deployed process are called, read from the file as it was deployed."""

from __future__ import annotations

import bpmn
from bpmn.model import Definitions, FlowNode
from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.queries.deployments import Resource


def deployed_names(engine: ProcessEngine, actor: Actor, definition_id: str) -> dict[str, str]:
    """Names by element id, for the file of one definition."""
    resource = engine.query(Resource(definition_id=definition_id), actor)
    reading = bpmn.read(resource.content, resource.name)
    return element_names(reading.definitions) if reading.definitions else {}


def element_names(definitions: Definitions) -> dict[str, str]:
    """Names of flow nodes by id; one without a name is called by what it is."""
    names: dict[str, str] = {}
    for element in definitions.of(FlowNode):
        if element.id:
            names[element.id] = " ".join((element.name or "").split()) or _kind(type(element).__name__)
    return names


def _kind(class_name: str) -> str:
    """`ExclusiveGateway` as `exclusive gateway`."""
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in class_name).strip()
