"""Diagram interchange (12): where the elements are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bpmn.model.fields import attribute, child, children, reference, roles
from bpmn.model.foundation import Element

BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Font(Element):
    namespace: ClassVar[str] = DC
    xml_name: ClassVar[str | None] = "Font"

    name: str | None = attribute()
    size: float | None = attribute()
    is_bold: bool | None = attribute()
    is_italic: bool | None = attribute()
    is_underline: bool | None = attribute()
    is_strike_through: bool | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Point(Element):
    """A waypoint, in pixels from the diagram's top left."""

    namespace: ClassVar[str] = DC
    xml_name: ClassVar[str | None] = "Point"

    x: float | None = attribute()
    y: float | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Bounds(Element):
    """A rectangle, in pixels from the diagram's top left."""

    namespace: ClassVar[str] = DC
    xml_name: ClassVar[str | None] = "Bounds"

    x: float | None = attribute()
    y: float | None = attribute()
    width: float | None = attribute()
    height: float | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class BPMNLabel(Element):
    namespace: ClassVar[str] = BPMNDI
    xml_name: ClassVar[str | None] = "BPMNLabel"

    label_style: str | None = reference()
    bounds: Bounds | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class DiagramElement(Element):
    """A shape or an edge. Colours are foreign attributes (`bioc:`, `color:`)."""

    namespace: ClassVar[str] = BPMNDI

    bpmn_element: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class BPMNShape(DiagramElement):
    xml_name: ClassVar[str | None] = "BPMNShape"

    is_horizontal: bool | None = attribute()
    is_expanded: bool | None = attribute()
    is_marker_visible: bool | None = attribute()
    is_message_visible: bool | None = attribute()
    participant_band_kind: str | None = attribute()
    choreography_activity_shape: str | None = reference()
    bounds: Bounds | None = child()
    label: BPMNLabel | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class BPMNEdge(DiagramElement):
    xml_name: ClassVar[str | None] = "BPMNEdge"

    source_element: str | None = reference()
    target_element: str | None = reference()
    message_visible_kind: str | None = attribute()
    waypoints: list[Point] = roles("waypoint", namespace=DI)
    label: BPMNLabel | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class BPMNPlane(Element):
    """What one diagram shows: a process, a collaboration, or a collapsed sub-process opened."""

    namespace: ClassVar[str] = BPMNDI
    xml_name: ClassVar[str | None] = "BPMNPlane"

    bpmn_element: str | None = reference()
    elements: list[DiagramElement] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class BPMNLabelStyle(Element):
    namespace: ClassVar[str] = BPMNDI
    xml_name: ClassVar[str | None] = "BPMNLabelStyle"

    font: Font | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class BPMNDiagram(Element):
    namespace: ClassVar[str] = BPMNDI
    xml_name: ClassVar[str | None] = "BPMNDiagram"

    name: str | None = attribute()
    documentation: str | None = attribute()
    resolution: float | None = attribute()
    plane: BPMNPlane | None = child()
    label_styles: list[BPMNLabelStyle] = children()
