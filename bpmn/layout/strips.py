"""Lanes as strips: which strip a node lies in, and where the lanes' boxes are once the strips have their heights."""

from __future__ import annotations

from collections import deque

import bpmn.model as m
from bpmn.layout.drawing import Drawing, Placed
from bpmn.layout.graph import Graph, Vertex
from bpmn.layout.sizes import TASK_LETTERS
from bpmn.render.geometry import Box
from bpmn.render.lettering import width_of

HEAD = 30.0


class Strips:
    """The lanes of one process or sub-process. `leaves` are the lanes that hold no others, from top to bottom."""

    def __init__(self, definitions: m.Definitions, lane_sets: list[m.LaneSet]) -> None:
        self.leaves: list[m.Lane] = []
        self._lanes: list[tuple[m.Lane, int, int, int]] = []
        self._band: dict[int, tuple[int, int]] = {}
        self._definitions = definitions
        first = next((each for each in lane_sets if each.lanes), None)
        if first is not None:
            self._collect(first)
        self.depth = max((depth for _, depth, _, _ in self._lanes), default=-1) + 1

    @property
    def least(self) -> float:
        """How high a strip must be for its name."""
        longest = max((width_of(each.name or "", TASK_LETTERS) for each in self.leaves), default=0.0)
        return min(max(60.0, longest / 2 + 20), 160.0)

    def _collect(self, lane_set: m.LaneSet) -> None:
        opened: list[tuple[m.Lane, int, int]] = []
        waiting: list[tuple[m.Lane, int, bool]] = [(each, 0, False) for each in reversed(lane_set.lanes)]
        while waiting:
            lane, depth, is_done = waiting.pop()
            if is_done:
                _, _, start = opened.pop()
                self._lanes.append((lane, depth, start, len(self.leaves)))
                continue
            inner = lane.child_lane_set.lanes if lane.child_lane_set is not None else []
            opened.append((lane, depth, len(self.leaves)))
            self._claim(lane, depth)
            waiting.append((lane, depth, True))
            if inner:
                waiting += [(each, depth + 1, False) for each in reversed(inner)]
            else:
                self.leaves.append(lane)

    def _claim(self, lane: m.Lane, depth: int) -> None:
        """A node that several lanes name lies in the innermost."""
        for ref in lane.flow_node_refs:
            node = self._definitions.resolve(ref)
            if node is not None and self._band.get(id(node), (0, -1))[1] < depth:
                self._band[id(node)] = len(self.leaves), depth

    def assign(self, graph: Graph) -> None:
        """Sets each vertex' band; one that no lane names lies where its neighbours do."""
        graph.bands, graph.least_band = len(self.leaves), self.least
        beside: dict[Vertex, list[Vertex]] = {}
        for arc in graph.arcs:
            beside.setdefault(arc.source.leader, []).append(arc.target.leader)
            beside.setdefault(arc.target.leader, []).append(arc.source.leader)
        known = {v: self._band[id(v.content)][0] for v in graph.vertices if id(v.content) in self._band}
        waiting = deque(known)
        while waiting:
            vertex = waiting.popleft()
            for other in beside.get(vertex, ()):
                if other not in known:
                    known[other] = known[vertex]
                    waiting.append(other)
        for vertex in graph.vertices:
            for each in vertex.unit:
                each.band = known.get(vertex, 0)

    def draw(self, drawing: Drawing, strips: list[tuple[float, float]], top: float, width: float) -> None:
        """The lanes' boxes, outer ones first."""
        for lane, depth, start, end in sorted(self._lanes, key=lambda each: each[1]):
            y, bottom = strips[start][0], strips[max(end - 1, start)][1]
            drawing.shapes.append(Placed(lane, Box(depth * HEAD, top + y, width - depth * HEAD, bottom - y)))
