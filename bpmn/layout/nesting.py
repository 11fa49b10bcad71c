"""Sub-processes are drawn before what they stand in, so that their size is known; without recursion, however deep."""

from __future__ import annotations

from collections.abc import Set

import bpmn.model as m
from bpmn.layout.bands import BAND, bands_above, participants_of
from bpmn.layout.drawing import Drawing
from bpmn.layout.placing import place
from bpmn.layout.scope import Container

SIDE, HEAD, FOOT = 24.0, 34.0, 20.0
NESTING = (m.SubProcess, m.SubChoreography)
LEAST_WIDTH, LEAST_HEIGHT = 140.0, 100.0


def draw_process(
    definitions: m.Definitions, process: m.Process | m.Choreography, *, in_pool: bool, messaged: Set[int] = frozenset()
) -> Drawing:
    """With all that is inside it. `messaged` are nodes (by `id()`) that message flows lead to."""
    inner: dict[int, Drawing] = {}
    for container in _innermost_first(process):
        content = place(definitions, container, inner, messaged, in_pool=False)
        above = below = 0
        if isinstance(container, m.SubChoreography):
            above = bands_above(definitions, container)
            below = len(participants_of(definitions, container)) - above
        inner[id(container)] = _framed(content, above * BAND, below * BAND)
    return place(definitions, process, inner, messaged, in_pool=in_pool)


def _innermost_first(process: m.Process | m.Choreography) -> list[m.SubProcess | m.SubChoreography]:
    found: list[m.SubProcess | m.SubChoreography] = []
    waiting: list[Container] = [process]
    while waiting:
        elements = waiting.pop().flow_elements
        inside = [each for each in elements if isinstance(each, NESTING) and each.flow_elements]
        found += inside
        waiting += inside
    return found[::-1]


def _framed(content: Drawing, above: float, below: float) -> Drawing:
    """With room for the sub-process' name and signs, and for bands `above` and `below`."""
    width = max(content.width + 2 * SIDE, LEAST_WIDTH)
    height = max(content.height + HEAD + FOOT, LEAST_HEIGHT) + above + below
    framed = Drawing(width, height)
    framed.add(content, (width - content.width) / 2, HEAD + above)
    return framed
