"""BPMN's and the engine's words in plain ones."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bpmn.model import BaseElement, BoundaryEvent, CatchEvent, EndEvent, StartEvent, ThrowEvent

KINDS = {
    "Task": "Task",
    "UserTask": "User task",
    "ManualTask": "Manual task",
    "ServiceTask": "Service task",
    "SendTask": "Send task",
    "ReceiveTask": "Receive task",
    "ScriptTask": "Script task",
    "BusinessRuleTask": "Business rule task",
    "SubProcess": "Sub-process",
    "AdHocSubProcess": "Ad-hoc sub-process",
    "CallActivity": "Call activity",
}


def _split(name: str) -> str:
    """`ExclusiveGateway` → `Exclusive gateway`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _trigger(element: BaseElement) -> str:
    """`Timer`, `Message` ... of an event, empty for one without."""
    definitions = getattr(element, "event_definitions", [])
    if not definitions:
        return ""
    return _split(type(definitions[0]).__name__.removesuffix("EventDefinition"))


def kind_of(element: BaseElement) -> str:
    """What an element is, as one says it: `Timer boundary event`, `Exclusive gateway`."""
    for event, words in (
        (StartEvent, "start"),
        (EndEvent, "end"),
        (BoundaryEvent, "boundary event"),
        (CatchEvent, "event"),
        (ThrowEvent, "event"),
    ):
        if isinstance(element, event):
            return f"{_trigger(element)} {words}".strip().capitalize()
    name = type(element).__name__
    return KINDS.get(name) or _split(name)


def name_of(element: BaseElement) -> str:
    """Its name on one line, else what it is."""
    name = " ".join((getattr(element, "name", None) or "").split())
    return name or kind_of(element)


def duration(span: timedelta) -> str:
    """A length of time in its largest whole unit: `3 days`, `20 minutes`."""
    seconds = int(abs(span.total_seconds()))
    for unit, size in (("year", 31_536_000), ("month", 2_592_000), ("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = seconds // size
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"


def ago(moment: datetime, now: datetime) -> str:
    """`3 hours ago`, `in 2 days`, `just now`."""
    span = now - moment
    if abs(span) < timedelta(minutes=1):
        return "just now"
    return f"{duration(span)} ago" if span > timedelta(0) else f"in {duration(span)}"


def count_of(number: int, one: str, many: str | None = None) -> str:
    """`1 task`, `3 tasks`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
