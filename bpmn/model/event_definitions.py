"""Event definitions (10.4.5): what triggers an event, or what it triggers."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.fields import attribute, reference, role, text, texts
from bpmn.model.foundation import FormalExpression, RootElement


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class EventDefinition(RootElement):
    """Stands in an event, or in `definitions` to be referred to by events."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CancelEventDefinition(EventDefinition):
    """The transaction is cancelled."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CompensateEventDefinition(EventDefinition):
    wait_for_completion: bool | None = attribute()
    activity_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ConditionalEventDefinition(EventDefinition):
    condition: FormalExpression | None = role()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ErrorEventDefinition(EventDefinition):
    error_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class EscalationEventDefinition(EventDefinition):
    escalation_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class LinkEventDefinition(EventDefinition):
    name: str | None = attribute()
    sources: list[str] = texts("source")
    target: str | None = text(reference=True)


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class MessageEventDefinition(EventDefinition):
    message_ref: str | None = reference()
    operation_ref: str | None = text(reference=True)


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class SignalEventDefinition(EventDefinition):
    signal_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class TerminateEventDefinition(EventDefinition):
    """All of the process ends."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class TimerEventDefinition(EventDefinition):
    time_date: FormalExpression | None = role()
    time_duration: FormalExpression | None = role()
    time_cycle: FormalExpression | None = role()
