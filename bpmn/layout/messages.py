"""Message flows: out of a pool, along between pools, each on a line of its own, and into the other."""

from __future__ import annotations

from dataclasses import dataclass

import bpmn.model as m
from bpmn.layout.channels import Upright, assign_tracks
from bpmn.layout.drawing import Drawing, Way
from bpmn.layout.graph import Point
from bpmn.layout.routes import straightened
from bpmn.layout.sizes import text_size
from bpmn.render.geometry import Box

GAP, LINE = 40.0, 12.0
STEP, FARTHEST = 10.0, 600.0
BIN = 80.0
# So much looking for free ways is enough for any drawing that a person reads; the rest goes straight.
MOST_LOOKS = 2_000_000


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
    count = [0] * len(collaboration.participants)
    height = [LINE] * len(collaboration.participants)
    for message in _messages(definitions, collaboration):
        count[message.gap] += 1
        height[message.gap] = max(height[message.gap], message.height)
    return [GAP + number * line for number, line in zip(count, height, strict=True)]


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


def joined_by_messages(definitions: m.Definitions, collaboration: m.Collaboration) -> set[int]:
    """The nodes that a message flow reaches or leaves."""
    return {id(each) for message in _messages(definitions, collaboration) for each in (message.source, message.target)}


def pools_joined(definitions: m.Definitions, collaboration: m.Collaboration) -> list[tuple[int, int]]:
    """From which pool to which each message flow goes, by their numbers."""
    return [(message.source_pool, message.target_pool) for message in _messages(definitions, collaboration)]


def route_messages(
    definitions: m.Definitions, collaboration: m.Collaboration, drawing: Drawing, pools: list[tuple[float, float]]
) -> None:
    """Adds the message flows to a drawing in which all shapes stand; `pools` are their upper and lower edges."""
    boxes = {id(each.element): each.box for each in drawing.shapes}
    obstacles = _Obstacles(drawing)
    used: dict[int, int] = {}
    by_gap: dict[int, list[tuple[_Message, list[Point], list[Point]]]] = {}
    for message in _messages(definitions, collaboration):
        source, target = boxes.get(id(message.source)), boxes.get(id(message.target))
        if source is None or target is None:
            continue
        down = message.source_pool < message.target_pool
        line = pools[message.gap][1] + GAP / 2
        ends = []
        for element, box, other, is_upper in (
            (message.source, source, target, down),
            (message.target, target, source, not down),
        ):
            # Into a black box it goes straight; several at one node lie side by side.
            wanted = other.cx if isinstance(element, m.Participant) else box.cx
            shift = used[id(element)] = used.get(id(element), -1) + 1
            if isinstance(element, m.Activity):
                wanted += _aside(shift) * min(12.0, box.width / 6)
            ends.append(obstacles.way_out(element, box, wanted, line, is_upper=is_upper))
        by_gap.setdefault(message.gap, []).append((message, ends[0], ends[1]))
    for gap, found in by_gap.items():
        _run_along(drawing, pools[gap][1] + GAP / 2, found)


def _run_along(drawing: Drawing, top: float, found: list[tuple[_Message, list[Point], list[Point]]]) -> None:
    """The level parts between two pools, on lines chosen like those between columns."""
    lines = []
    for message, start, end in found:
        upper, lower = (start, end) if message.source_pool < message.target_pool else (end, start)
        lines.append(Upright([upper[-1][0]], [lower[-1][0]]))
    assign_tracks(lines)
    height = max(message.height for message, _, _ in found)
    for line, (message, start, end) in zip(lines, found, strict=True):
        y = top + (line.track + 1) * height - LINE / 2
        points = [*start[:-1], (start[-1][0], y), (end[-1][0], y), *reversed(end[:-1])]
        label = _label(message, start[-1][0], end[-1][0], y)
        drawing.ways.append(Way(message.flow, straightened(points), label))


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
        self._looks = 0
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
        while abs(_aside(number)) * STEP <= FARTHEST and self._looks < MOST_LOOKS:
            # The name of an event is at the right beneath it.
            side = -number if is_upper and isinstance(element, m.Event) else _aside(number)
            x = wanted + side * STEP
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
        self._looks += len(self._bins.get(int(x // BIN), ()))
        for other, box in self._bins.get(int(x // BIN), ()):
            if other is element and box is not own:
                continue
            if (
                box.x - 4 <= x <= box.right + 4
                and box.y < bottom
                and box.bottom > top
                and not (box is not own and box.holds(own))
            ):
                return False
        return True
