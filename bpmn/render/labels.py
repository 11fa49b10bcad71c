"""Names that stand beside what they name: of events, gateways, data, groups and flows."""

from __future__ import annotations

import bpmn.model as m
from bpmn.model.diagram import BPMNLabel
from bpmn.render.artifacts import group_name
from bpmn.render.geometry import Box, box_of, middle
from bpmn.render.lettering import LEADING, longest_word, width_of, wrap
from bpmn.render.pen import OUTSIDE, Pen
from bpmn.render.scene import Figure, Line

WIDTH = 90.0
BESIDE = (m.Event, m.Gateway, m.DataObject, m.DataObjectReference, m.DataStoreReference, m.DataInput, m.DataOutput)
BENEATH = (*BESIDE, m.DataStore, m.Message, m.ConversationNode)


def of_figure(pen: Pen, figure: Figure) -> None:
    element, box = figure.element, figure.box
    if isinstance(element, m.Group):
        text, usual = group_name(pen, element), Box(box.x, box.y + 5, box.width, 0)
    elif isinstance(element, BENEATH):
        text, usual = _name(pen, element), Box(box.cx - WIDTH / 2, box.bottom + 4, WIDTH, 0)
    else:
        return
    ink = pen.brush_of(figure).ink if isinstance(element, m.Group) else pen.colours["text"]
    _write(pen, text, figure.shape.label, usual, ink)


def of_line(pen: Pen, line: Line) -> None:
    text = getattr(line.element, "name", None)
    if not isinstance(text, str) or not text.strip():
        return
    x, y = middle(line.points)
    level = any(abs(ay - by) < 1 and y == ay for (_, ay), (_, by) in zip(line.points, line.points[1:], strict=False))
    height = len(wrap(text, WIDTH, OUTSIDE)) * OUTSIDE * LEADING
    usual = Box(x - WIDTH / 2, y - height - 3, WIDTH, 0) if level else Box(x + 4, y - height / 2, WIDTH, 0)
    if not level and line.edge.label is None:
        # Beside an upright line the text begins at the line.
        usual = Box(x + 4, usual.y, min(WIDTH, max(width_of(each, OUTSIDE) for each in wrap(text, WIDTH, OUTSIDE))), 0)
    _write(pen, text, line.edge.label, usual, pen.colours["text"])


def _name(pen: Pen, element: m.BaseElement) -> str | None:
    """Data is drawn with its state in brackets; a reference without a name is called what it refers to."""
    name: str | None = getattr(element, "name", None)
    named: m.BaseElement | None = None
    if isinstance(element, m.DataObjectReference):
        named = pen.scene.definitions.resolve(element.data_object_ref)
    elif isinstance(element, m.DataStoreReference):
        named = pen.scene.definitions.resolve(element.data_store_ref)
    name = name or getattr(named, "name", None)
    state: m.DataState | None = getattr(element, "data_state", None)
    return f"{name or ''}\n[{state.name}]" if state is not None and state.name else name


def _write(pen: Pen, text: str | None, label: BPMNLabel | None, usual: Box, ink: str) -> None:
    if not text or not text.strip():
        return
    given = box_of(label.bounds) if label is not None else None
    if given is not None and given.width <= 0:
        given = None
    widest = longest_word(text, OUTSIDE)
    # Another tool's letters may be narrower than ours: a box gives way to its longest word, within reason.
    width = max((given or usual).width + (4 if given else 0), min(widest, 160))
    lines = wrap(text, width, OUTSIDE, 12)
    height = len(lines) * OUTSIDE * LEADING
    place = given or usual
    y = place.y if given is None else given.y + max((given.height - height) / 2, 0)
    across = max(width_of(each, OUTSIDE) for each in lines)
    pen.reached(Box(place.cx - across / 2, y, across, height))
    pen.lines(lines, place.cx, y, pen.own_ink(label) or ink, size=OUTSIDE, halo=True)
