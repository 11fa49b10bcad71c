"""BPMN's and the engine's words in plain ones."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bpmn.model import BaseElement, BoundaryEvent, CatchEvent, EndEvent, StartEvent, ThrowEvent
from webapp.language import _, later
from webapp.locale_formats import span

KINDS = {
    "Task": later("Task"),
    "UserTask": later("User task"),
    "ManualTask": later("Manual task"),
    "ServiceTask": later("Service task"),
    "SendTask": later("Send task"),
    "ReceiveTask": later("Receive task"),
    "ScriptTask": later("Script task"),
    "BusinessRuleTask": later("Business rule task"),
    "SubProcess": later("Sub-process"),
    "AdHocSubProcess": later("Ad-hoc sub-process"),
    "Transaction": later("Transaction"),
    "CallActivity": later("Call activity"),
    "ExclusiveGateway": later("Exclusive gateway"),
    "ParallelGateway": later("Parallel gateway"),
    "InclusiveGateway": later("Inclusive gateway"),
    "ComplexGateway": later("Complex gateway"),
    "EventBasedGateway": later("Event based gateway"),
    "SequenceFlow": later("Sequence flow"),
    "MessageFlow": later("Message flow"),
}
EVENTS = (
    (StartEvent, later("start")),
    (EndEvent, later("end")),
    (BoundaryEvent, later("boundary event")),
    (CatchEvent, later("event")),
    (ThrowEvent, later("event")),
)
TRIGGERS = {
    "Message": later("Message"),
    "Timer": later("Timer"),
    "Signal": later("Signal"),
    "Error": later("Error"),
    "Escalation": later("Escalation"),
    "Conditional": later("Conditional"),
    "Compensate": later("Compensate"),
    "Cancel": later("Cancel"),
    "Link": later("Link"),
    "Terminate": later("Terminate"),
}
PHRASES = {
    "due": later("due %(time)s"),
    "Due": later("Due %(time)s"),
    "started": later("started %(time)s"),
    "Came": later("Came %(time)s"),
    "Follow up": later("Follow up %(time)s"),
    "You started it": later("You started it %(time)s"),
    "lease ends": later("lease ends %(time)s"),
}
"""A moment in a phrase, as `3 hours ago` or `in 2 days`."""
SPANS = {
    "since": later("for %(time)s"),
    "late since": later("late by %(time)s"),
    "Late since": later("Late by %(time)s"),
    "here since": later("here for %(time)s"),
    "the longest since": later("the longest for %(time)s"),
}
"""A time that began, told by its length: "since 3 hours ago" is no English."""


def _split(name: str) -> str:
    """`ExclusiveGateway` → `Exclusive gateway`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _trigger(element: BaseElement) -> str:
    """`Timer`, `Message` ... of an event, empty for one without."""
    definitions = getattr(element, "event_definitions", [])
    if not definitions:
        return ""
    name = type(definitions[0]).__name__.removesuffix("EventDefinition")
    return _(TRIGGERS[name]) if name in TRIGGERS else _split(name)


def kind_of(element: BaseElement) -> str:
    """What an element is, as one says it: `Timer boundary event`, `Exclusive gateway`."""
    for event, words in EVENTS:
        if isinstance(element, event):
            trigger = _trigger(element)
            said = _("%(trigger)s %(event)s", trigger=trigger, event=_(words)) if trigger else _(words)
            return said[:1].upper() + said[1:]
    name = type(element).__name__
    return _(KINDS[name]) if name in KINDS else _split(name)


def name_of(element: BaseElement) -> str:
    """Its name on one line, else what it is."""
    name = " ".join((getattr(element, "name", None) or "").split())
    return name or kind_of(element)


def ago(moment: datetime, now: datetime) -> str:
    """`3 hours ago`, `in 2 days`, `just now`."""
    distance = moment - now
    return _("just now") if abs(distance) < timedelta(minutes=1) else span(distance, directed=True)


def since(moment: datetime, now: datetime, phrase: str) -> str:
    """A moment in one of `PHRASES` or `SPANS`."""
    if phrase in SPANS:
        return _(SPANS[phrase], time=span(now - moment))
    return _(PHRASES[phrase], time=ago(moment, now))
