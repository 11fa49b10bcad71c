"""Collaborations (9): participants and the messages between them."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.artifacts import Artifact
from bpmn.model.common import CorrelationKey
from bpmn.model.conversation import (
    ConversationAssociation,
    ConversationLink,
    ConversationNode,
    ParticipantAssociation,
)
from bpmn.model.fields import attribute, child, children, reference, texts
from bpmn.model.foundation import BaseElement, RootElement


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ParticipantMultiplicity(BaseElement):
    minimum: int | None = attribute()
    maximum: int | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Participant(BaseElement):
    """A pool. Without `process_ref` it is a black box."""

    name: str | None = attribute()
    process_ref: str | None = reference()
    interface_refs: list[str] = texts("interfaceRef")
    end_point_refs: list[str] = texts("endPointRef")
    participant_multiplicity: ParticipantMultiplicity | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class PartnerEntity(RootElement):
    name: str | None = attribute()
    participant_refs: list[str] = texts("participantRef")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class PartnerRole(RootElement):
    name: str | None = attribute()
    participant_refs: list[str] = texts("participantRef")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class MessageFlow(BaseElement):
    """From a participant or one of its nodes to another's."""

    name: str | None = attribute()
    source_ref: str | None = reference()
    target_ref: str | None = reference()
    message_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class MessageFlowAssociation(BaseElement):
    inner_message_flow_ref: str | None = reference()
    outer_message_flow_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Collaboration(RootElement):
    name: str | None = attribute()
    is_closed: bool | None = attribute()
    participants: list[Participant] = children()
    message_flows: list[MessageFlow] = children()
    artifacts: list[Artifact] = children()
    conversation_nodes: list[ConversationNode] = children()
    conversation_associations: list[ConversationAssociation] = children()
    participant_associations: list[ParticipantAssociation] = children()
    message_flow_associations: list[MessageFlowAssociation] = children()
    correlation_keys: list[CorrelationKey] = children()
    choreography_refs: list[str] = texts("choreographyRef")
    conversation_links: list[ConversationLink] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class GlobalConversation(Collaboration):
    """A collaboration without participants' processes, to be called."""
