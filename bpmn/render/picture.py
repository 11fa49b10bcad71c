"""A diagram as one SVG: containers first, flows, shapes, names, and what is shown on top."""

from __future__ import annotations

from collections.abc import Callable

import bpmn.model as m
from bpmn.model.diagram import BPMNDiagram
from bpmn.render import activities, artifacts, badges, choreographies, data, events, gateways, labels, lines, pools
from bpmn.render.geometry import Box
from bpmn.render.lettering import FONT
from bpmn.render.marks import Overlays
from bpmn.render.pen import Pen
from bpmn.render.scene import Figure, Line, Scene, diagram_to_show
from bpmn.render.svg import Svg
from bpmn.render.theme import THEMES, ThemeName

MARGIN = 16.0
NOTHING = Box(0, 0, 100, 60)

# class of the standard → how its shape is drawn; a class that is not here is drawn as the nearest one it derives from.
SHAPES: dict[type[m.Element], Callable[[Pen, Figure], None]] = {
    m.Participant: pools.draw_pool,
    m.Lane: pools.draw_lane,
    m.Activity: activities.draw,
    m.Event: events.draw,
    m.Gateway: gateways.draw,
    m.DataObject: data.draw_object,
    m.DataObjectReference: data.draw_object,
    m.DataInput: data.draw_object,
    m.DataOutput: data.draw_object,
    m.DataStoreReference: data.draw_store,
    m.DataStore: data.draw_store,
    m.Message: data.draw_message,
    m.TextAnnotation: artifacts.draw_annotation,
    m.Group: artifacts.draw_group,
    m.ChoreographyActivity: choreographies.draw_activity,
    m.ConversationNode: choreographies.draw_conversation,
}


def render(
    definitions: m.Definitions,
    *,
    diagram: BPMNDiagram | None = None,
    overlays: Overlays | None = None,
    theme: ThemeName = "page",
) -> str:
    """One diagram as SVG (the first, unless one is named). A file without a diagram is laid out for it.

    `theme`: "page" takes the colours of the page it stands in; "light" and "dark" bring their own, for any program.
    """
    if diagram is None:
        diagram = diagram_to_show(definitions)
    if diagram is None:
        # Not at the top: layout measures names as they are drawn, with this package.
        from bpmn.layout import layout

        definitions = layout(definitions)
        diagram = diagram_to_show(definitions)
    pen = Pen(Scene.of(definitions, diagram), THEMES[theme], overlays)
    _draw(pen)
    return _framed(pen, _title(definitions, diagram))


def _draw(pen: Pen) -> None:
    scene = pen.scene
    upon_lines = [each for each in scene.figures if not _lies_beneath(each)]
    for figure in scene.figures:
        if _lies_beneath(figure):
            _figure(pen, figure)
    for figure in upon_lines:
        badges.heat(pen, figure)
    # A way that is marked is seen where it runs with others.
    scene.lines.sort(key=lambda line: bool(line.element and pen.mark_of(line.element.id).get("markers")))
    # The ring at a message flow's start lies on the shape; all other lines end beneath one.
    for line in scene.lines:
        if not isinstance(line.element, m.MessageFlow):
            _line(pen, line)
    for figure in upon_lines:
        _figure(pen, figure)
    for line in scene.lines:
        if isinstance(line.element, m.MessageFlow):
            _line(pen, line)
    for figure in scene.figures:
        badges.of_figure(pen, figure)
    for line in scene.lines:
        badges.of_line(pen, line)


def _lies_beneath(figure: Figure) -> bool:
    if figure.shape.participant_band_kind:
        return False
    return figure.holds or isinstance(figure.element, m.Lane | m.Participant)


def _line(pen: Pen, line: Line) -> None:
    for x, y in line.points:
        pen.reached(Box(x, y, 0, 0))
    pen.svg.open("g", data_element=line.element.id if line.element is not None else None)
    lines.draw(pen, line)
    labels.of_line(pen, line)
    pen.svg.close("g")


def _figure(pen: Pen, figure: Figure) -> None:
    pen.reached(figure.box)
    pen.svg.open("g", data_element=figure.element.id if figure.element is not None else None)
    name = getattr(figure.element, "name", None)
    if isinstance(name, str) and name.strip():
        pen.svg.add("title", name)
    _drawer(figure)(pen, figure)
    labels.of_figure(pen, figure)
    pen.svg.close("g")


def _drawer(figure: Figure) -> Callable[[Pen, Figure], None]:
    if figure.shape.participant_band_kind:
        return choreographies.draw_band
    for kind in type(figure.element).__mro__:
        if kind in SHAPES:
            return SHAPES[kind]
    # A shape of something that the file does not hold, or of no class that is drawn: its place is shown.
    return artifacts.draw_group


def _title(definitions: m.Definitions, diagram: BPMNDiagram | None) -> str:
    shown = definitions.resolve(diagram.plane.bpmn_element) if diagram is not None and diagram.plane else None
    return getattr(shown, "name", None) or (diagram.name if diagram else None) or definitions.name or "Process"


def _framed(pen: Pen, title: str) -> str:
    reach = (pen.reach or NOTHING).around(MARGIN)
    svg = Svg()
    svg.open(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{reach.x:.2f} {reach.y:.2f} {reach.width:.2f} {reach.height:.2f}",
        width=reach.width,
        height=reach.height,
        role="img",
        font_family=FONT,
    )
    svg.add("title", title)
    return f"{svg.text()}{pen.svg.text()}</svg>\n"
