"""How large each element is drawn, and how much room its name takes."""

from __future__ import annotations

from typing import NamedTuple

import bpmn.model as m
from bpmn.render.lettering import LEADING, longest_word, width_of, wrap

TASK = (100.0, 80.0)
WIDE_TASK = 140.0
EVENT, GATEWAY = 36.0, 50.0
DATA, STORE = (36.0, 50.0), (50.0, 50.0)
NOTE_WIDTH = 130.0
LETTERS, TASK_LETTERS = 11.0, 12.0
NAME_WIDTH, MOST_LINES = 90.0, 6


class Size(NamedTuple):
    width: float
    height: float


def text_size(text: str | None, width: float = NAME_WIDTH) -> Size:
    """The room that a name takes when it is wrapped; none for no name."""
    if not text or not text.strip():
        return Size(0, 0)
    lines = wrap(text, max(width, min(longest_word(text, LETTERS), 140)), LETTERS, MOST_LINES)
    widest = max(width_of(each, LETTERS) for each in lines)
    return Size(round(widest + 2), round(len(lines) * LETTERS * LEADING))


def shape_size(element: m.BaseElement, most_lines: int = 3) -> Size:
    """Of what is not larger than its sign and name. A task whose name takes more lines than that is a wide one."""
    if isinstance(element, m.Event):
        return Size(EVENT, EVENT)
    if isinstance(element, m.Gateway):
        return Size(GATEWAY, GATEWAY)
    if isinstance(element, m.DataStoreReference | m.DataStore):
        return Size(*STORE)
    if isinstance(element, m.DataObject | m.DataObjectReference):
        return Size(*DATA)
    if isinstance(element, m.TextAnnotation):
        lines = wrap(element.text or "", NOTE_WIDTH - 12, TASK_LETTERS, 12)
        return Size(NOTE_WIDTH, max(30.0, len(lines) * TASK_LETTERS * LEADING + 10))
    name = getattr(element, "name", None) or ""
    crowded = len(wrap(name, TASK[0] - 10, TASK_LETTERS)) > most_lines
    return Size(WIDE_TASK if crowded else TASK[0], TASK[1])


def has_sign_below(node: m.FlowNode) -> bool:
    """Whether a sign stands in the middle of the activity's lower border."""
    if not isinstance(node, m.Activity):
        return False
    collapsed = isinstance(node, m.SubProcess | m.CallActivity)
    return collapsed or node.loop_characteristics is not None or bool(node.is_for_compensation)
