"""Who takes part in a choreography activity (11.5.1): a band for each, the one who begins at the top."""

from __future__ import annotations

import bpmn.model as m
from bpmn.layout.drawing import Drawing, Placed
from bpmn.layout.sizes import TASK_LETTERS, Size
from bpmn.render.geometry import Box
from bpmn.render.lettering import width_of

BAND, NAME, SIGN = 22.0, 44.0, 16.0
NARROWEST, WIDEST = 120.0, 220.0


def participants_of(definitions: m.Definitions, activity: m.ChoreographyActivity) -> list[m.Participant]:
    """Those that it names, the initiating one first."""
    named = [definitions.resolve(each) for each in activity.participant_refs]
    found = [each for each in named if isinstance(each, m.Participant)]
    begins = definitions.resolve(activity.initiating_participant_ref)
    return sorted(found, key=lambda each: each is not begins)


def bands_above(definitions: m.Definitions, activity: m.ChoreographyActivity) -> int:
    """How many bands are at the top; the others are at the bottom."""
    return (len(participants_of(definitions, activity)) + 1) // 2


def activity_size(definitions: m.Definitions, activity: m.ChoreographyActivity) -> Size:
    """As wide as the longest name wants, and high enough for all bands and its own name."""
    found = participants_of(definitions, activity)
    widest = max((width_of(each.name or "", TASK_LETTERS) for each in found), default=0.0)
    sign = SIGN if activity.loop_type not in {None, "None"} or isinstance(activity, m.SubChoreography) else 0.0
    return Size(min(max(NARROWEST, widest + 20), WIDEST), NAME + sign + BAND * max(len(found), 2))


def draw_bands(definitions: m.Definitions, drawing: Drawing) -> None:
    """Adds the bands of every choreography activity of a drawing in which all shapes stand."""
    for placed in list(drawing.shapes):
        if isinstance(placed.element, m.ChoreographyActivity):
            drawing.shapes += _bands(definitions, placed.element, placed.box)


def _bands(definitions: m.Definitions, activity: m.ChoreographyActivity, box: Box) -> list[Placed]:
    found = participants_of(definitions, activity)
    above = bands_above(definitions, activity)
    begins = definitions.resolve(activity.initiating_participant_ref)
    bands = []
    for number, participant in enumerate(found):
        y = box.y + number * BAND if number < above else box.bottom - (len(found) - number) * BAND
        end = "top" if number == 0 else "bottom" if number == len(found) - 1 else "middle"
        kind = f"{end}_{'initiating' if participant is begins else 'non_initiating'}"
        bands.append(Placed(participant, Box(box.x, y, box.width, BAND), band=(activity, kind)))
    return bands
