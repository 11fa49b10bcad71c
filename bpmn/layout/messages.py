"""Message flows: out of a pool, along between pools, each on a line of its own, and into the other."""

from __future__ import annotations

from dataclasses import dataclass

import bpmn.model as m
from bpmn.layout.drawing import Drawing, Way
from bpmn.layout.graph import Point
from bpmn.layout.routes import straightened
from bpmn.layout.sizes import text_size
from bpmn.render.geometry import Box

GAP, LINE = 40.0, 12.0
STEP, FARTHEST = 10.0, 600.0
BIN = 80.0


@dataclass(frozen=True, slots=True)
class _Message:
    flow: m.MessageFlow
    source: m.BaseElement
    target: m.BaseElement
    source_pool: int
    target_pool: int

    @property
    def gap(self) -> int:
        """The number of the pool beneath which it runs along."""
        return min(self.source_pool, self.target_pool)

    @property
    def height(self) -> float:
        return max(LINE, text_size(self.flow.name).height + 6)


def gaps(definitions: m.Definitions, collaboration: m.Collaboration) -> list[float]:
    """How far the next pool is beneath each, so that every message has its line."""
    room = [GAP] * len(collaboration.participants)
    for message in _messages(definitions, collaboration):
        room[message.gap] += message.height
    return room


def _messages(definitions: m.Definitions, collaboration: m.Collaboration) -> list[_Message]:
    pool_of: dict[int, int] = {}
    for place, participant in enumerate(collaboration.participants):
        pool_of[id(participant)] = place
        process = definitions.resolve(participant.process_ref)
        if process is not None:
            pool_of.setdefault(id(process), place)
    found = []
    for flow in collaboration.message_flows:
        source, target = definitions.resolve(flow.source_ref), definitions.resolve(flow.target_ref)
        if source is None or target is None:
            continue
        start, end = _pool(definitions, source, pool_of), _pool(definitions, target, pool_of)
        if start is not None and end is not None and start != end:
            found.append(_Message(flow, source, target, start, end))
    return found


def _pool(definitions: m.Definitions, element: m.Element, pool_of: dict[int, int]) -> int | None:
    found: m.Element | None = element
    while found is not None and id(found) not in pool_of:
        found = definitions.parent(found)
    return pool_of[id(found)] if found is not None else None


def route_messages(
    definitions: m.Definitions, collaboration: m.Collaboration, drawing: Drawing, pools: list[tuple[float, float]]
) -> None:
    """Adds the message flows to a drawing in which all shapes stand; `pools` are their upper and lower edges."""
    boxes = {id(each.element): each.box for each in drawing.shapes}
    obstacles = _Obstacles(drawing)
    lines = [bottom + GAP / 2 for _, bottom in pools]
    used: dict[int, int] = {}
    for message in _messages(definitions, collaboration):
        line = lines[message.gap] + message.height - LINE / 2
        lines[message.gap] += message.height
        down = message.source_pool < message.target_pool
        source, target = boxes.get(id(message.source)), boxes.get(id(message.target))
        if source is None or target is None:
            continue
        ends = []
        for element, box, is_upper in ((message.source, source, down), (message.target, target, not down)):
            wanted = box.cx
            if isinstance(element, m.Participant):
                wanted = (target if box is source else source).cx
                if message.source is message.target:
                    wanted = box.cx
            shift = used[id(element)] = used.get(id(element), -1) + 1
            if not isinstance(element, m.Participant):
                wanted += _aside(shift) * min(12.0, box.width / 6)
            ends.append(obstacles.way_out(element, box, wanted, line, is_upper=is_upper))
        points = straightened([*ends[0], *reversed(ends[1])])
        drawing.ways.append(Way(message.flow, points, _label(message, ends[0][-1][0], ends[1][-1][0], line)))


def _aside(number: int) -> int:
    """0, 1, -1, 2, -2 ..."""
    return (number + 1) // 2 * (1 if number % 2 else -1)


def _label(message: _Message, start: float, end: float, line: float) -> Box | None:
    size = text_size(message.flow.name)
    if not size.height:
        return None
    x = (start + end - size.width) / 2 if abs(start - end) > size.width + 10 else max(start, end) + 6
    return Box(x, line - size.height - 2, *size)


class _Obstacles:
    """What stands in the way of an upright line, found by its place from the left."""

    def __init__(self, drawing: Drawing) -> None:
        self._bins: dict[int, list[tuple[m.BaseElement, Box]]] = {}
        for placed in drawing.shapes:
            if isinstance(placed.element, m.Participant | m.Lane):
                continue
            for box in (placed.box, placed.label):
                if box is not None:
                    for number in range(int(box.x // BIN), int(box.right // BIN) + 1):
                        self._bins.setdefault(number, []).append((placed.element, box))

    def way_out(self, element: m.BaseElement, box: Box, wanted: float, line: float, *, is_upper: bool) -> list[Point]:
        """From a shape's border to a line beneath it (or, in the lower pool, above it) past what stands there."""
        edge = box.bottom if is_upper else box.y
        if isinstance(element, m.Participant):
            return [(wanted, edge), (wanted, line)]
        out = edge + 6 if is_upper else edge - 6
        reach = max(box.width / 2 - 8, 0.0)
        number = 0
        while abs(_aside(number)) * STEP <= FARTHEST:
            x = wanted + _aside(number) * STEP
            start = x if abs(x - box.cx) <= reach else wanted
            number += 1
            if not self._is_free(element, box, x, out, line):
                continue
            if isinstance(element, m.Event | m.Gateway):
                start = box.cx
            if start == x:
                return [(x, edge), (x, line)]
            return [(start, edge), (start, out), (x, out), (x, line)]
        return [(wanted, edge), (wanted, line)]

    def _is_free(self, element: m.BaseElement, own: Box, x: float, start: float, end: float) -> bool:
        top, bottom = min(start, end), max(start, end)
        for other, box in self._bins.get(int(x // BIN), ()):
            if other is element and box is not own:
                continue
            if box.x - 4 <= x <= box.right + 4 and box.y < bottom and box.bottom > top and not _holds(box, own):
                return False
        return True


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer is not inner
        and outer.x <= inner.x
        and outer.y <= inner.y
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )
