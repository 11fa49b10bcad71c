"""Choreographies (11): what the participants agree to exchange."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.artifacts import Artifact
from bpmn.model.collaboration import Collaboration
from bpmn.model.common import CorrelationKey, FlowElement, FlowNode
from bpmn.model.conversation import ParticipantAssociation
from bpmn.model.fields import attribute, children, reference, texts


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Choreography(Collaboration):
    flow_elements: list[FlowElement] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class GlobalChoreographyTask(Choreography):
    initiating_participant_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ChoreographyActivity(FlowNode):
    initiating_participant_ref: str | None = reference()
    loop_type: str | None = attribute()
    participant_refs: list[str] = texts("participantRef")
    correlation_keys: list[CorrelationKey] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ChoreographyTask(ChoreographyActivity):
    message_flow_refs: list[str] = texts("messageFlowRef")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CallChoreography(ChoreographyActivity):
    called_choreography_ref: str | None = reference()
    participant_associations: list[ParticipantAssociation] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class SubChoreography(ChoreographyActivity):
    flow_elements: list[FlowElement] = children()
    artifacts: list[Artifact] = children()
