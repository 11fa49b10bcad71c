"""Processes in their pools, beneath each other, with room between them for the messages they exchange."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import bpmn.model as m
from bpmn.layout.conversations import add_beside, draw_conversations
from bpmn.layout.drawing import Drawing, Placed, Way
from bpmn.layout.messages import gaps, joined_by_messages, route_messages
from bpmn.layout.nesting import draw_process
from bpmn.layout.pool_order import in_order
from bpmn.layout.sizes import TASK_LETTERS
from bpmn.layout.strips import HEAD
from bpmn.render.geometry import Box
from bpmn.render.lettering import width_of

BLACK_BOX, LEAST_WIDTH = 60.0, 600.0


def draw_collaboration(definitions: m.Definitions, collaboration: m.Collaboration) -> Drawing:
    collaboration = replace(collaboration, participants=in_order(definitions, collaboration))
    messaged = joined_by_messages(definitions, collaboration)
    links = _joining(definitions, collaboration.conversation_links)
    contents = [_content(definitions, each, messaged) for each in collaboration.participants]
    if collaboration.conversation_nodes and not any(contents):
        return draw_conversations(collaboration, links + _joining(definitions, collaboration.message_flows))
    widths = [content.width + HEAD for content in contents if content is not None]
    width = max([LEAST_WIDTH, *widths]) if not widths else max(widths)
    between = gaps(definitions, collaboration)
    drawing = Drawing(width)
    y = 0.0
    tops: list[tuple[float, float]] = []
    for place, (participant, content) in enumerate(zip(collaboration.participants, contents, strict=True)):
        height = BLACK_BOX
        if content is not None:
            name = width_of(participant.name or "", TASK_LETTERS) + 20
            height = max(content.height, min(name, 200.0), 100.0)
            _widen(content, width - HEAD, height)
        drawing.shapes.append(Placed(participant, Box(0.0, y, width, height)))
        if content is not None:
            drawing.add(content, HEAD, y)
        tops.append((y, y + height))
        y += height + between[place]
    drawing.height = tops[-1][1] if tops else 0.0
    flat = drawing.flat()
    route_messages(definitions, collaboration, flat, tops)
    if collaboration.conversation_nodes:
        add_beside(collaboration, flat, links)
    return flat


def _joining(definitions: m.Definitions, elements: Sequence[m.ConversationLink | m.MessageFlow]) -> list[Way]:
    """With their ends; one that leads nowhere is not drawn."""
    ways = []
    for each in elements:
        source, target = definitions.resolve(each.source_ref), definitions.resolve(each.target_ref)
        if isinstance(source, m.BaseElement) and isinstance(target, m.BaseElement):
            ways.append(Way(each, [], ends=(source, target)))
    return ways


def _content(definitions: m.Definitions, participant: m.Participant, messaged: set[int]) -> Drawing | None:
    """What is seen inside; a participant without a process, or with an empty one, is a black box."""
    process = definitions.resolve(participant.process_ref)
    if not isinstance(process, m.Process) or not process.flow_elements:
        return None
    return draw_process(definitions, process, in_pool=True, messaged=messaged)


def _widen(content: Drawing, width: float, height: float) -> None:
    """Lanes reach to the pool's right edge, the lowest to its lower edge."""
    for placed in content.shapes:
        if isinstance(placed.element, m.Lane):
            box = placed.box
            bottom = height if abs(box.bottom - content.height) < 1 else box.bottom
            placed.box = Box(box.x, box.y, width - box.x, bottom - box.y)
