"""Diagrams for processes, collaborations and choreographies that have none: from left to right, in pools and lanes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import bpmn.model as m
from bpmn.layout.bands import draw_bands
from bpmn.layout.groups import draw_groups
from bpmn.layout.interchange import Ids, to_diagram
from bpmn.layout.naming import with_ids
from bpmn.layout.nesting import draw_process
from bpmn.layout.pools import draw_collaboration
from bpmn.model.diagram import BPMNDiagram, BPMNShape

__all__ = ["layout"]


def layout(definitions: m.Definitions) -> m.Definitions:
    """The same document with a diagram for what has none. Where all is drawn it is the one that was given.

    The one that was given is not changed. The new one shares its elements, unless some had no ids and got them.
    """
    if not any(_to_draw(definitions)):
        return definitions
    definitions = with_ids(definitions)
    ids = Ids(definitions)
    made: list[BPMNDiagram] = []
    for shown in _to_draw(definitions):
        if isinstance(shown, m.Process | m.Choreography):
            drawing = draw_process(definitions, shown, in_pool=False).flat()
            draw_bands(definitions, drawing)
        else:
            drawing = draw_collaboration(definitions, shown)
        draw_groups(definitions, shown.artifacts, drawing)
        made.append(to_diagram(shown, drawing, ids))
    kept = [each for each in definitions.diagrams if each.plane is not None and each.plane.elements]
    return replace(definitions, diagrams=[*kept, *made])


def _to_draw(definitions: m.Definitions) -> Iterator[m.Collaboration | m.Process]:
    """Collaborations and choreographies of which nothing is drawn, and such processes that are in none of these."""
    drawn = _drawn(definitions)
    covered: set[int] = set()
    for collaboration in definitions.root_elements:
        if isinstance(collaboration, m.Choreography):
            if collaboration.flow_elements and not _is_drawn(collaboration, drawn):
                yield collaboration
            continue
        if not isinstance(collaboration, m.Collaboration):
            continue
        found = [definitions.resolve(each.process_ref) for each in collaboration.participants]
        processes = [each for each in found if isinstance(each, m.Process)]
        shown = [*collaboration.participants, *collaboration.conversation_nodes, *processes]
        if (found or collaboration.conversation_nodes) and not any(_is_drawn(each, drawn) for each in shown):
            covered |= {id(each) for each in processes}
            yield collaboration
    for process in definitions.processes:
        if id(process) not in covered and process.flow_elements and not _is_drawn(process, drawn):
            yield process


def _drawn(definitions: m.Definitions) -> set[int]:
    """The elements that a diagram of the file has a shape for."""
    return {
        id(definitions.resolve(each.bpmn_element))
        for diagram in definitions.diagrams
        if diagram.plane is not None
        for each in diagram.plane.elements
        if isinstance(each, BPMNShape)
    }


def _is_drawn(element: m.BaseElement, drawn: set[int]) -> bool:
    """A process or choreography is not drawn itself; its nodes are."""
    if isinstance(element, m.Process | m.Choreography):
        return any(id(each) in drawn for each in element.flow_elements)
    return id(element) in drawn
