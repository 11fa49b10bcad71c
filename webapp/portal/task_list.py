"""Which tasks the address asks for: one list of the left side, narrowed by search and conditions, in an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal

from werkzeug.datastructures import MultiDict

from engine.queries import TaskList
from engine.queries.user_tasks import Sort, View
from webapp.language import later

Due = Literal["", "late", "week", "follow"]
VIEWS: dict[str, View] = {"all": "all", "mine": "mine", "groups": "candidate", "mentioned": "mentioned"}
DUE: tuple[Due, ...] = ("", "late", "week", "follow")
SORTS: dict[Sort, str] = {
    "created": later("Newest first"),
    "oldest": later("Oldest first"),
    "due": later("Due first"),
    "follow_up": later("By follow-up date"),
    "priority": later("Most important first"),
    "name": later("By name"),
}
# What a list is sorted by where the address does not say.
USUAL: dict[Due, Sort] = {"": "created", "late": "due", "week": "due", "follow": "follow_up"}
PRIORITIES = {"": later("Any priority"), "51": later("Above normal"), "75": later("High")}
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """The list as the address names it; an unknown word means the plain list."""

    view: str = "all"
    group: str = ""
    due: Due = ""
    process: str = ""
    q: str = ""
    variable: str = ""
    priority: str = ""
    sort: str = ""

    @property
    def order(self) -> Sort:
        return next((each for each in SORTS if each == self.sort), USUAL[self.due])

    @property
    def kept(self) -> dict[str, Any]:
        """What of it stands in the address."""
        plain = Chosen()
        pairs = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: value for name, value in pairs if value != getattr(plain, name)}

    @property
    def narrowed(self) -> bool:
        return bool(self.q or self.variable or self.priority)

    def asked(self, now: datetime, limit: int, after: str | None = None) -> TaskList:
        return TaskList(
            view=VIEWS[self.view],
            search=self.q,
            definition_key=self.process or None,
            candidate_group=self.group or None,
            variable=_pair(self.variable),
            least_priority=int(self.priority) if self.priority else None,
            sort=self.order,
            limit=limit,
            after=after,
            **_dates(self.due, now),
        )


def _dates(due: Due, now: datetime) -> dict[str, datetime]:
    if due == "late":
        return {"due_before": now}
    if due == "week":
        return {"due_after": now, "due_before": now + timedelta(days=7)}
    if due == "follow":
        return {"follow_up_before": now + timedelta(days=1)}
    return {}


def _pair(text: str) -> tuple[str, str] | None:
    """`amount = 1200` → the variable's name and the text of its value."""
    name, equals, value = text.partition("=")
    return (name.strip(), value.strip()) if equals and name.strip() else None


def chosen_list(args: MultiDict[str, str] | Mapping[str, str]) -> Chosen:
    given: dict[str, Any] = {
        each.name: str(args[each.name])[:LONGEST] for each in fields(Chosen) if args.get(each.name)
    }
    for name, known in (("view", VIEWS), ("due", DUE), ("sort", SORTS), ("priority", PRIORITIES)):
        if given.get(name) not in known:
            given.pop(name, None)
    return Chosen(**given)
