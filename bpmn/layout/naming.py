"""A diagram refers to elements by their ids: where some have none, a copy of the document is given them."""

from __future__ import annotations

import bpmn.model as m
from bpmn.layout.interchange import Ids
from bpmn.reading import read
from bpmn.xml.writer import write

DRAWN = (
    m.Process,
    m.Collaboration,
    m.Participant,
    m.Lane,
    m.FlowElement,
    m.MessageFlow,
    m.Artifact,
    m.DataAssociation,
    m.ConversationNode,
    m.ConversationLink,
)


def with_ids(definitions: m.Definitions) -> m.Definitions:
    """The document itself if all that can be drawn has an id, else a copy in which it has."""
    if all(each.id for each in _drawn(definitions)):
        return definitions
    copy = read(write(definitions)).definitions
    if copy is None:
        return definitions
    ids = Ids(copy)
    for each in _drawn(copy):
        if not each.id:
            each.id = ids.free(f"{type(each).__name__}_1")
    copy.changed()
    return copy


def _drawn(definitions: m.Definitions) -> list[m.Element]:
    return [each for each in definitions.walk() if isinstance(each, DRAWN)]
