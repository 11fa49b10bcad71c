"""Our own few words, for what no vendor can say. They may stand in a file of any dialect."""

from __future__ import annotations

from bpmn.dialects.source import Dialect, Reads, Source, Table
from bpmn.model import Task
from bpmn.model.execution import Apart

NAMESPACES = ("urn:procession:bpmn",)
# The same word as an extension property, where a modeler lets one write properties and no attributes.
OTHER_PERSON_THAN = "otherPersonThan"


def apart(source: Source) -> Apart | None:
    """The ids of tasks whose doers may not do this one, with spaces or commas between."""
    return apart_from(source.attribute(OTHER_PERSON_THAN))


def apart_from(written: str | None) -> Apart | None:
    names = (written or "").replace(",", " ").split()
    return Apart(tasks=tuple(dict.fromkeys(names))) if names else None


DIALECT = Dialect(NAMESPACES, Table(Reads("apart", (Task,), apart)), {})
