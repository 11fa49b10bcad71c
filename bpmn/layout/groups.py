"""Groups (8.4.1.3): around the elements that belong to their category."""

from __future__ import annotations

from collections.abc import Iterable

import bpmn.model as m
from bpmn.layout.drawing import Drawing, Placed
from bpmn.render.geometry import Box

MARGIN = 12.0


def draw_groups(definitions: m.Definitions, artifacts: Iterable[m.Artifact], drawing: Drawing) -> None:
    """Where a file does not say what belongs to a group, there is no place for it."""
    for group in artifacts:
        if not isinstance(group, m.Group) or not group.category_value_ref:
            continue
        value = definitions.resolve(group.category_value_ref)
        around: Box | None = None
        for placed in drawing.shapes:
            refs = placed.element.category_value_refs if isinstance(placed.element, m.FlowElement) else []
            if value is not None and any(definitions.resolve(ref) is value for ref in refs):
                box = placed.box.around(MARGIN)
                around = box if around is None else around.joined(box)
        if around is not None:
            drawing.shapes.append(Placed(group, around))
