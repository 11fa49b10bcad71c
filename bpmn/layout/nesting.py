"""Sub-processes are drawn before what they stand in, so that their size is known; without recursion, however deep."""

from __future__ import annotations

from collections.abc import Set

import bpmn.model as m
from bpmn.layout.drawing import Drawing
from bpmn.layout.placing import place
from bpmn.layout.scope import Container

SIDE, HEAD, FOOT = 24.0, 34.0, 20.0
LEAST_WIDTH, LEAST_HEIGHT = 140.0, 100.0


def draw_process(
    definitions: m.Definitions, process: m.Process, *, in_pool: bool, messaged: Set[int] = frozenset()
) -> Drawing:
    """The process with all that is inside it. `messaged` are nodes (by `id()`) that message flows lead to."""
    inner: dict[int, Drawing] = {}
    for container in _innermost_first(process):
        inner[id(container)] = _framed(place(definitions, container, inner, messaged, in_pool=False))
    return place(definitions, process, inner, messaged, in_pool=in_pool)


def _innermost_first(process: m.Process) -> list[m.SubProcess]:
    found: list[m.SubProcess] = []
    waiting: list[Container] = [process]
    while waiting:
        inside = [each for each in waiting.pop().flow_elements if isinstance(each, m.SubProcess) and each.flow_elements]
        found += inside
        waiting += inside
    return found[::-1]


def _framed(content: Drawing) -> Drawing:
    """With room for the sub-process' name and signs."""
    width = max(content.width + 2 * SIDE, LEAST_WIDTH)
    height = max(content.height + HEAD + FOOT, LEAST_HEIGHT)
    framed = Drawing(width, height)
    framed.add(content, (width - content.width) / 2, HEAD)
    return framed
