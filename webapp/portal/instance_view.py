"""What the instance page shows, out of rows: marks for the diagram, the same in words, the history as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.queries.history import EventRow
from engine.queries.instance import InstanceView
from engine.queries.variables import visible_from
from engine.queries.waits import IncidentRow
from webapp.engine_words import told
from webapp.language import _, later, ngettext
from webapp.models import Model, Station
from webapp.names import person
from webapp.spelling import spelled


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the story. `tone`: person, trouble, end or empty."""

    at: datetime
    text: str
    detail: str
    tone: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable and the scope that it is in; `local` says that it belongs to a part of the instance only."""

    name: str
    value: Any
    scope: int
    local: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """An incident, how many are `alike` (this one counted), and the `data` that the step had."""

    incident: IncidentRow
    alike: int
    data: list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Twin:
    """One line of the diagram in words: `state` is waiting, incident, done, again (may begin anew) or empty."""

    station: Station
    state: str
    count: int


def resting(view: InstanceView) -> dict[str, int]:
    """Tokens by element, without those that only hold a sub-process or a loop together."""
    holders = {token.parent for token in view.tokens}
    return dict(Counter(token.element_id for token in view.tokens if token.number not in holders))


def marks(ids: Iterable[str]) -> dict[str, int]:
    """How often each element is named."""
    return dict(Counter(ids))


def overlay_of(here: Mapping[str, int], walked: Iterable[str], trouble: Mapping[str, int]) -> dict[str, Any]:
    """Marks and discs for the diagram: tokens counted, the path walked, incidents."""
    overlay: dict[str, dict[str, list[Any]]] = {id: {"markers": ["walked"], "discs": []} for id in walked}
    for id, count in here.items():
        mark = overlay.setdefault(id, {"markers": [], "discs": []})
        if id not in trouble:
            mark["markers"].append("waiting")
            title = ngettext("Here now", "%(number)s here", count)
            mark["discs"].append({"text": str(count), "kind": ["token"], "title": title})
    for id, count in trouble.items():
        mark = overlay.setdefault(id, {"markers": [], "discs": []})
        mark["markers"].append("trouble")
        mark["discs"].append(
            {"text": f"! {count}" if count > 1 else "!", "kind": ["trouble"], "title": _("Stopped here")}
        )
    return overlay


def twin_of(
    model: Model | None,
    key: str,
    here: Mapping[str, int],
    walked: Mapping[str, int],
    trouble: Mapping[str, int],
    again: Set[str] = frozenset(),
) -> list[Twin]:
    """The diagram in words, in the order of its flows."""
    if model is None:
        return []
    lines = []
    for station in model.stations(model.process_of(key)):
        if station.id in trouble:
            lines.append(Twin(station, "incident", here.get(station.id, 1)))
        elif station.id in here:
            lines.append(Twin(station, "waiting", here[station.id]))
        elif station.id in walked:
            lines.append(Twin(station, "again" if station.id in again else "done", walked[station.id]))
        else:
            lines.append(Twin(station, "", 0))
    return lines


def variables_of(view: InstanceView) -> list[Variable]:
    """All that its scopes hold, or held last."""
    return [
        Variable(name, value, scope.number, scope.parent is not None)
        for scope in view.scopes
        for name, value in sorted(scope.variables.items())
    ]


def stops_of(
    view: InstanceView, incidents: Sequence[IncidentRow], alike: Mapping[tuple[str, str, str], int]
) -> list[Stop]:
    """Incidents with what the token that stopped can see, and how many there are of the same cause anywhere."""
    scope_of = {token.number: token.scope for token in view.tokens}
    return [
        Stop(
            incident,
            alike.get((incident.element_id, incident.code, incident.reason), 1),
            sorted(visible_from(view.scopes, scope_of.get(incident.token or 0)).items()),
        )
        for incident in incidents
    ]


WORDS = {
    "instance-started": (later("Started"), "start"),
    "instance-ended": (later("Ended"), "end"),
    "task-opened": (later("Waiting for a person: %(name)s"), ""),
    "task-claimed": (later("Taken: %(name)s"), "person"),
    "task-unclaimed": (later("Given back: %(name)s"), "person"),
    "task-assigned": (later("Assigned to %(assignee)s: %(name)s"), "person"),
    "task-delegated": (later("Delegated to %(assignee)s: %(name)s"), "person"),
    "task-resolved": (later("Answered for its owner: %(name)s"), "person"),
    "task-completed": (later("Done: %(name)s"), "person"),
    "task-cancelled": (later("No longer needed: %(name)s"), ""),
    "incident-opened": (later("Stopped: %(name)s"), "trouble"),
    "incident-resolved": (later("Tried again: %(name)s"), "person"),
    "incident-cancelled": (later("Left behind: %(name)s"), ""),
    "job-failed": (later("A try failed: %(name)s"), "trouble"),
    "message-sent": (later("Message sent: %(name)s"), ""),
    "message-undelivered": (later("Nobody waited for the message: %(name)s"), ""),
    "variable-set": (later("%(variable)s = %(value)s"), "quiet"),
    "token-passed": (later("Passed: %(name)s"), "quiet"),
    "token-new": (later("Reached: %(name)s"), "quiet"),
}
ENDS = {
    "completed": later("Completed"),
    "failed": later("Failed"),
    "cancelled": later("Cancelled"),
}
BY_PEOPLE = {"person", "start", "quiet"}
BOOKKEEPING = ("token-", "scope-", "variable-")


def story_of(events: Iterable[EventRow], model: Model | None, *, everything: bool = False) -> list[Told]:
    """History as people tell it. What the engine did by itself between two stops is told only with `everything`."""
    told = (_told(event, model) for event in events)
    return [line for line in told if line is not None and (everything or line.tone != "quiet")]


def _told(event: EventRow, model: Model | None) -> Told | None:
    known = WORDS.get(event.kind)
    data = event.data or {}
    if (known is None and event.kind.startswith(BOOKKEEPING)) or data.get("how") == "unbegun":
        return None
    words, tone = known or (event.kind.replace("-", " ").capitalize() + ": %(name)s", "")
    name = model.name(event.element_id) if model else (event.element_id or "")
    assignee = person(data["assignee"]) if data.get("assignee") else _("nobody")
    text = _(words, name=name, variable=event.name, value=_short(event.value), assignee=assignee).removesuffix(": ")
    if event.kind == "instance-ended":
        state = str(data.get("state", "completed"))
        text, tone = _(ENDS.get(state, state)), "end" if state == "completed" else "trouble"
    by = _("by %(person)s", person=person(event.actor)) if event.actor and tone in BY_PEOPLE else ""
    return Told(event.at, text, " · ".join(part for part in (by, told(str(data.get("reason") or ""))) if part), tone)


def _short(value: Any) -> str:
    text = spelled(value)
    return text if len(text) <= 80 else text[:79] + "…"
