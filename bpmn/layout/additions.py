"""What a drawing lacks for a viewer to show all of it: pools for what stands outside of them, ends for loose flows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import bpmn.model as m
from bpmn.layout.interchange import Ids
from bpmn.model.diagram import Bounds, BPMNEdge, BPMNPlane, BPMNShape
from bpmn.render.geometry import Box, box_of, waypoints_of

Mend = Callable[[], None]
Shown = m.Collaboration | m.Process | m.SubProcess
Flow = m.SequenceFlow | m.MessageFlow | m.Association
MARGIN = 30.0
HEAD = 30.0
SPECK = 1.0


def pools_for_the_rest(
    definitions: m.Definitions, plane: BPMNPlane, shown: m.Collaboration, in_pools: set[int], ids: Ids
) -> Iterator[Mend]:
    """A process that is drawn beside the pools of a collaboration, but in none, gets one around it."""
    if isinstance(shown, m.Choreography):
        return
    outside: dict[str, tuple[m.Process, Box]] = {}
    for each in plane.elements:
        node = definitions.resolve(each.bpmn_element)
        box = box_of(each.bounds) if isinstance(each, BPMNShape) else None
        process = definitions.parent(node) if node is not None and box is not None else None
        if isinstance(process, m.Process) and process.id and id(process) not in in_pools and box is not None:
            around = outside[process.id][1].joined(box) if process.id in outside else box
            outside[process.id] = process, around
    for process, inside in outside.values():
        yield partial(_add_pool, ids, plane, shown, process, inside)


def _add_pool(ids: Ids, plane: BPMNPlane, shown: m.Collaboration, process: m.Process, inside: Box) -> None:
    pool = m.Participant(id=ids.free(f"{process.id}_pool"), name=process.name, process_ref=process.id)
    shown.participants.append(pool)
    box = inside.around(MARGIN)
    bounds = Bounds(x=box.x - HEAD, y=box.y, width=box.width + HEAD, height=box.height)
    shape = BPMNShape(id=ids.free(f"{pool.id}_shape"), bpmn_element=pool.id, is_horizontal=True, bounds=bounds)
    plane.elements.insert(0, shape)


def loose_ends(definitions: m.Definitions, plane: BPMNPlane, shown: Shown, drawn: set[int], ids: Ids) -> Iterator[Mend]:
    """A flow that begins or ends at nothing that is drawn is shown as far as it goes. `drawn`: by identity."""
    for edge in plane.elements:
        flow = definitions.resolve(edge.bpmn_element)
        points = waypoints_of(edge) if isinstance(edge, BPMNEdge) else []
        if not isinstance(flow, Flow) or len(points) < 2:
            continue
        for name, point in (("source_ref", points[0]), ("target_ref", points[-1])):
            end = definitions.resolve(getattr(flow, name))
            if end is None or id(end) not in drawn:
                yield partial(_add_end, ids, plane, shown, flow, name, point)


def _add_end(
    ids: Ids,
    plane: BPMNPlane,
    shown: Shown,
    flow: Flow,
    name: str,
    point: tuple[float, float],
) -> None:
    """A group so small that nothing of it is seen."""
    end = m.Group(id=ids.free(f"{flow.id}_end"))
    shown.artifacts.append(end)
    bounds = Bounds(x=point[0], y=point[1], width=SPECK, height=SPECK)
    plane.elements.append(BPMNShape(id=ids.free(f"{end.id}_shape"), bpmn_element=end.id, bounds=bounds))
    setattr(flow, name, end.id)
