"""Where the case of a task stands, in words and as marks for its diagram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bpmn.model import Activity, EndEvent, Event, FlowNode, Gateway, SequenceFlow, StartEvent
from engine.queries import PathWalked
from engine.queries.user_tasks import TaskRow
from webapp.context import query
from webapp.language import _
from webapp.models import Model

MOST = 3


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`done` steps are behind, `then` is what may follow, each by name; `overlay` marks the diagram."""

    done: tuple[str, ...]
    now: str
    then: tuple[str, ...]
    overlay: dict[str, Any]


def whereabouts(task: TaskRow, model: Model | None) -> Whereabouts | None:
    if model is None:
        return None
    walked = {row.element_id for row in query(PathWalked(task.instance_id))}
    overlay: dict[str, Any] = {id: {"markers": ["walked"]} for id in walked}
    overlay[task.element_id] = {
        "markers": ["waiting"],
        "discs": [{"text": "1", "kind": ["token"], "title": _("This task is here")}],
    }
    stations = model.stations(model.process_of(task.definition_key))
    done = [
        station.name
        for station in stations
        if station.id in walked
        and station.id != task.element_id
        and isinstance(model.element(station.id), Activity | StartEvent)
    ]
    return Whereabouts(tuple(done), model.name(task.element_id), tuple(_following(model, task.element_id)), overlay)


def _following(model: Model, element_id: str) -> list[str]:
    """The names of the next steps that people know: gateways in between are looked through."""
    names: dict[str, None] = {}
    waiting, seen = [model.element(element_id)], {element_id}
    while waiting and len(names) < MOST:
        node = waiting.pop(0)
        if not isinstance(node, FlowNode):
            continue
        for flow in getattr(model.definitions.parent(node), "flow_elements", ()):
            if not isinstance(flow, SequenceFlow) or flow.source_ref != node.id or flow.target_ref in seen:
                continue
            seen.add(flow.target_ref or "")
            target = model.element(flow.target_ref)
            if isinstance(target, Gateway):
                waiting.append(target)
            elif isinstance(target, EndEvent):
                names[_("the end (%(name)s)", name=target.name) if target.name else _("the end")] = None
            elif isinstance(target, Activity | Event):
                names[model.name(target.id)] = None
    return list(names)[:MOST]
