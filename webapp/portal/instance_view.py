"""What the instance page shows, out of rows: marks for the diagram, the same in words, the history as sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.queries.history import EventRow
from engine.queries.instance import InstanceView
from engine.queries.waits import IncidentRow
from webapp.models import Model, Station


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the story. `tone`: person, trouble, end or empty."""

    at: datetime
    text: str
    detail: str
    tone: str


@dataclass(frozen=True, slots=True)
class Twin:
    """One line of the diagram in words: `state` is waiting, incident, done or empty."""

    station: Station
    state: str
    count: int


def _resting(view: InstanceView) -> dict[str, int]:
    """Tokens by element, without those that only hold a sub-process or a loop together."""
    holders = {token.parent for token in view.tokens}
    counts: dict[str, int] = {}
    for token in view.tokens:
        if token.number not in holders:
            counts[token.element_id] = counts.get(token.element_id, 0) + 1
    return counts


def overlay_of(view: InstanceView, walked: Mapping[str, int], incidents: Sequence[IncidentRow]) -> dict[str, Any]:
    """Marks and discs for the diagram: tokens counted, the path walked, incidents."""
    marks: dict[str, dict[str, list[Any]]] = {id: {"markers": ["walked"], "discs": []} for id in walked}
    trouble = {each.element_id for each in incidents}
    for id, count in _resting(view).items():
        mark = marks.setdefault(id, {"markers": [], "discs": []})
        if id not in trouble:
            mark["markers"].append("waiting")
            title = f"{count} here" if count > 1 else "Here now"
            mark["discs"].append({"text": str(count), "kind": ["token"], "title": title})
    for id in trouble:
        mark = marks.setdefault(id, {"markers": [], "discs": []})
        count = sum(each.element_id == id for each in incidents)
        mark["markers"].append("trouble")
        mark["discs"].append({"text": f"! {count}" if count > 1 else "!", "kind": ["trouble"], "title": "Stopped here"})
    return marks


def twin_of(
    model: Model | None, view: InstanceView, walked: Mapping[str, int], incidents: Sequence[IncidentRow]
) -> list[Twin]:
    if model is None:
        return []
    resting = _resting(view)
    trouble = {each.element_id for each in incidents}
    lines = []
    for station in model.stations(model.process_of(view.instance.key)):
        if station.id in trouble:
            lines.append(Twin(station, "incident", resting.get(station.id, 1)))
        elif station.id in resting:
            lines.append(Twin(station, "waiting", resting[station.id]))
        else:
            lines.append(Twin(station, "done" if station.id in walked else "", walked.get(station.id, 0)))
    return lines


def variables_of(view: InstanceView, past: Callable[[], Iterable[EventRow]]) -> list[tuple[str, Any, bool]]:
    """Name, value and whether it belongs to a part only. An ended instance's are told by its history."""
    if view.instance.state == "running":
        return [
            (name, value, scope.parent is not None)
            for scope in view.scopes
            for name, value in sorted(scope.variables.items())
        ]
    last: dict[tuple[int | None, str | None], Any] = {}
    for event in past():
        if event.kind == "variable-set":
            last[event.scope, event.name] = event.value
        else:
            last.pop((event.scope, event.name), None)
    return sorted(((name or "", value, False) for (_, name), value in last.items()), key=lambda each: each[0])


WORDS = {
    "instance-started": ("Started", "start"),
    "instance-ended": ("Ended", "end"),
    "task-opened": ("Waiting for a person: {name}", ""),
    "task-claimed": ("Taken: {name}", "person"),
    "task-unclaimed": ("Given back: {name}", "person"),
    "task-assigned": ("Assigned to {assignee}: {name}", "person"),
    "task-delegated": ("Delegated to {assignee}: {name}", "person"),
    "task-resolved": ("Answered for its owner: {name}", "person"),
    "task-completed": ("Done: {name}", "person"),
    "task-cancelled": ("No longer needed: {name}", ""),
    "incident-opened": ("Stopped: {name}", "trouble"),
    "incident-resolved": ("Tried again: {name}", "person"),
    "incident-cancelled": ("Left behind: {name}", ""),
    "job-failed": ("A try failed: {name}", "trouble"),
    "message-sent": ("Message sent: {name}", ""),
    "message-undelivered": ("Nobody waited for the message: {name}", ""),
    "variable-set": ("{variable} = {value}", "quiet"),
    "token-passed": ("Passed: {name}", "quiet"),
    "token-new": ("Reached: {name}", "quiet"),
}
BY_PEOPLE = {"person", "start", "quiet"}
BOOKKEEPING = ("token-", "scope-", "variable-")


def story_of(events: Iterable[EventRow], model: Model | None, *, everything: bool = False) -> list[Told]:
    """History as people tell it. What the engine did by itself between two stops is told only with `everything`."""
    told = (_told(event, model) for event in events)
    return [line for line in told if line is not None and (everything or line.tone != "quiet")]


def _told(event: EventRow, model: Model | None) -> Told | None:
    known = WORDS.get(event.kind)
    if known is None and event.kind.startswith(BOOKKEEPING):
        return None
    words, tone = known or (event.kind.replace("-", " ").capitalize() + ": {name}", "")
    data = event.data or {}
    name = model.name(event.element_id) if model else (event.element_id or "")
    assignee = data.get("assignee") or "nobody"
    text = words.format(name=name, variable=event.name, value=_short(event.value), assignee=assignee).removesuffix(": ")
    if event.kind == "instance-ended":
        state = str(data.get("state", "completed"))
        text, tone = state.capitalize(), "end" if state == "completed" else "trouble"
    by = f"by {event.actor}" if event.actor and tone in BY_PEOPLE else ""
    return Told(event.at, text, " · ".join(part for part in (by, str(data.get("reason") or "")) if part), tone)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"
