"""How often each element was completed and cancelled, as the vendors count it, told from the history of tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bpmn import model as m

COMING_AND_GOING = ("token-new", "token-changed", "token-gone", "token-passed")
# Flowable tells nobody what an event sub-process takes over from, where one of these starts it.
LEFT_BY = (m.ErrorEventDefinition, m.EscalationEventDefinition, m.ConditionalEventDefinition)


def counts(nodes: Mapping[str, Any], events: Iterable[Any], *, flowable: bool) -> dict[str, dict[str, int]]:
    """From all events of COMING_AND_GOING of one instance; `nodes` are its process's elements by id."""
    counted: dict[str, Counter[str]] = {"completed": Counter(), "canceled": Counter()}
    ended: set[int] = set()
    for event in events:
        node = nodes.get(event.element_id)
        if node is None or event.token in ended:
            continue
        how = _in_flowable(nodes, node, event) if flowable else _in_camunda(node, event)
        if how is None:
            continue
        ended.add(event.token)
        counted[how][event.element_id] += 1
        if flowable and how == "canceled":
            counted[how].update(_armed(nodes, event))
    return {part: dict(count) for part, count in counted.items() if count}


def _in_camunda(node: Any, event: Any) -> str | None:
    """What waits for its turn after is done there. An instance goes from a gateway to its event: nobody leaves it."""
    data = event.data or {}
    if event.kind in ("token-new", "token-changed"):
        return "completed" if (data.get("data") or {}).get("closed") else None
    if data["how"] in ("undone", "unbegun"):
        return None
    return "completed" if data["how"] == "completed" and not isinstance(node, m.EventBasedGateway) else "canceled"


def _in_flowable(nodes: Mapping[str, Any], node: Any, event: Any) -> str | None:
    """Each token that has come to a join is done there; an end that terminates is itself taken away."""
    data = event.data or {}
    if event.kind in ("token-new", "token-changed"):
        return "completed" if (data.get("data") or {}).get("arrived") else None
    if data["how"] in ("undone", "unbegun"):
        return None
    if isinstance(node, m.EndEvent) and any(isinstance(each, m.TerminateEventDefinition) for each in _of(node)):
        return "canceled"
    taken_over = [each for start in starts_of(nodes.get(data.get("by"))) for each in _of(start)]
    left = any(isinstance(each, LEFT_BY) for each in taken_over)
    return "completed" if data["how"] == "completed" or left else "canceled"


def _armed(nodes: Mapping[str, Any], event: Any) -> Iterator[str]:
    """The boundary events that waited at what was cancelled, but for the one that cancelled it."""
    for id, node in nodes.items():
        here = isinstance(node, m.BoundaryEvent) and node.attached_to_ref == event.element_id
        undoes = here and any(isinstance(each, m.CompensateEventDefinition) for each in _of(node))
        if here and not undoes and id != (event.data or {}).get("by"):
            yield id


def undoing(node: Any) -> Iterator[str]:
    """The event sub-processes inside that compensation starts."""
    for inner in node.flow_elements if isinstance(node, m.SubProcess) else ():
        if isinstance(inner, m.SubProcess) and inner.triggered_by_event:
            definitions = [each for start in starts_of(inner) for each in _of(start)]
            if any(isinstance(each, m.CompensateEventDefinition) for each in definitions):
                yield inner.id or ""


def starts_of(node: Any) -> list[m.StartEvent]:
    """The start events in a sub-process."""
    inside = node.flow_elements if isinstance(node, m.SubProcess) else ()
    return [start for start in inside if isinstance(start, m.StartEvent)]


def _of(event: Any) -> list[m.EventDefinition]:
    return list(event.event_definitions)
