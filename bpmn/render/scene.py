"""What one diagram shows: each shape and edge with its element, in the order in which they are drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

import bpmn.model as m
from bpmn.model.diagram import BPMNDiagram, BPMNEdge, BPMNShape
from bpmn.render.geometry import Box, box_of, waypoints_of
from bpmn.render.svg import Point


@dataclass(slots=True)
class Figure:
    """A shape. `holds` says that others are drawn inside it."""

    element: m.BaseElement | None
    shape: BPMNShape
    box: Box
    holds: bool = False

    @property
    def expanded(self) -> bool:
        return self.holds if self.shape.is_expanded is None else self.shape.is_expanded

    @property
    def horizontal(self) -> bool:
        if self.shape.is_horizontal is not None:
            return self.shape.is_horizontal
        return self.box.width >= self.box.height or not isinstance(self.element, m.Participant | m.Lane)


@dataclass(slots=True)
class Line:
    element: m.BaseElement | None
    edge: BPMNEdge
    points: list[Point]


@dataclass(slots=True)
class Scene:
    definitions: m.Definitions
    figures: list[Figure] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    by_element: dict[int, Figure] = field(default_factory=dict)

    @classmethod
    def of(cls, definitions: m.Definitions, diagram: BPMNDiagram | None) -> Scene:
        scene = cls(definitions)
        drawn = diagram.plane.elements if diagram is not None and diagram.plane is not None else []
        for each in drawn:
            if isinstance(each, BPMNShape) and (box := box_of(each.bounds)) is not None:
                figure = Figure(definitions.resolve(each.bpmn_element), each, box)
                scene.figures.append(figure)
                if figure.element is not None:
                    scene.by_element.setdefault(id(figure.element), figure)
        scene._find_containers()
        scene.figures.sort(key=_depth)
        by_shape = {each.shape.id: each for each in scene.figures if each.shape.id}
        for each in drawn:
            if isinstance(each, BPMNEdge):
                points = waypoints_of(each) if len(each.waypoints) > 1 else []
                line = Line(definitions.resolve(each.bpmn_element), each, points)
                if len(line.points) < 2:
                    line.points = scene._straight(line, by_shape)
                if len(line.points) > 1:
                    scene.lines.append(line)
        return scene

    def figure_of(self, element: m.Element | None) -> Figure | None:
        return self.by_element.get(id(element)) if element is not None else None

    def _find_containers(self) -> None:
        """A process is not drawn itself: what is drawn of it lies in its participant's pool."""
        pools: dict[int, Figure] = {}
        for figure in self.figures:
            if isinstance(figure.element, m.Participant):
                process = self.definitions.resolve(figure.element.process_ref)
                if process is not None:
                    pools.setdefault(id(process), figure)
        for figure in self.figures:
            if figure.element is None:
                continue
            # What a call opened shows is of another process.
            figure.holds |= isinstance(figure.element, m.CallActivity) and bool(figure.shape.is_expanded)
            parent = self.definitions.parent(figure.element)
            if isinstance(parent, m.LaneSet):
                parent = self.definitions.parent(parent)
            holder = self.by_element.get(id(parent)) or pools.get(id(parent))
            if holder is not None:
                holder.holds = True

    def _straight(self, line: Line, by_shape: dict[str, Figure]) -> list[Point]:
        """The way of an edge for which the file gives none."""
        source, target = ends_of(line.element)
        start = by_shape.get(line.edge.source_element or "") or self.figure_of(self.definitions.resolve(source))
        end = by_shape.get(line.edge.target_element or "") or self.figure_of(self.definitions.resolve(target))
        if start is None or end is None or start is end:
            return []
        return [
            start.box.toward((end.box.cx, end.box.cy)),
            end.box.toward((start.box.cx, start.box.cy)),
        ]


def ends_of(element: m.BaseElement | None) -> tuple[str | None, str | None]:
    """The references that a connecting element joins."""
    if isinstance(element, m.SequenceFlow | m.MessageFlow | m.Association | m.ConversationLink):
        return element.source_ref, element.target_ref
    if isinstance(element, m.DataAssociation):
        return next(iter(element.source_refs), None), element.target_ref
    return None, None


def diagram_to_show(definitions: m.Definitions) -> BPMNDiagram | None:
    """The first that shows a collaboration, or else a process, or else what is inside a sub-process."""
    best: tuple[int, BPMNDiagram] | None = None
    for diagram in definitions.diagrams:
        if diagram.plane is None or not diagram.plane.elements:
            continue
        shown = definitions.resolve(diagram.plane.bpmn_element)
        # Some tools say that a drawing shows the document as a whole.
        rank = 0 if isinstance(shown, m.Collaboration | m.Definitions) else 2 if isinstance(shown, m.SubProcess) else 1
        if best is None or rank < best[0]:
            best = rank, diagram
    return best[1] if best is not None else None


def _depth(figure: Figure) -> tuple[int, float]:
    """What holds others lies beneath them; of two, the larger."""
    element = figure.element
    area = -figure.box.width * figure.box.height
    if isinstance(element, m.Participant) and figure.shape.participant_band_kind is None:
        return 0, area
    if isinstance(element, m.Lane):
        return 1, area
    if figure.holds or isinstance(element, m.SubProcess | m.SubChoreography):
        return 2, area
    if isinstance(element, m.BoundaryEvent | m.Message):
        return 5, 0
    if isinstance(element, m.Participant):
        return 4, 0
    return 3, area
