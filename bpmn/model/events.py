"""Events (10.4)."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.common import FlowNode
from bpmn.model.data import (
    DataInput,
    DataInputAssociation,
    DataOutput,
    DataOutputAssociation,
    InputSet,
    OutputSet,
    Property,
)
from bpmn.model.event_definitions import EventDefinition
from bpmn.model.fields import attribute, child, children, reference, texts


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Event(FlowNode):
    """`event_definitions` stand in the event itself, `event_definition_refs` name some of `definitions`."""

    properties: list[Property] = children()
    event_definitions: list[EventDefinition] = children(last=True)
    event_definition_refs: list[str] = texts("eventDefinitionRef", last=True)


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CatchEvent(Event):
    parallel_multiple: bool | None = attribute()
    data_outputs: list[DataOutput] = children()
    data_output_associations: list[DataOutputAssociation] = children()
    output_set: OutputSet | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ThrowEvent(Event):
    data_inputs: list[DataInput] = children()
    data_input_associations: list[DataInputAssociation] = children()
    input_set: InputSet | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class StartEvent(CatchEvent):
    is_interrupting: bool | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class IntermediateCatchEvent(CatchEvent):
    """Waits for what its definitions say."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class BoundaryEvent(CatchEvent):
    attached_to_ref: str | None = reference()
    cancel_activity: bool | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class IntermediateThrowEvent(ThrowEvent):
    """Triggers what its definitions say and goes on."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ImplicitThrowEvent(ThrowEvent):
    """Thrown by a multi-instance activity when its items complete."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class EndEvent(ThrowEvent):
    """Ends the path it is on."""
