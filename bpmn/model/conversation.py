"""Conversations (9.5)."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.common import CorrelationKey
from bpmn.model.fields import attribute, children, reference, text, texts
from bpmn.model.foundation import BaseElement


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ParticipantAssociation(BaseElement):
    inner_participant_ref: str | None = text(reference=True)
    outer_participant_ref: str | None = text(reference=True)


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ConversationNode(BaseElement):
    name: str | None = attribute()
    participant_refs: list[str] = texts("participantRef")
    message_flow_refs: list[str] = texts("messageFlowRef")
    correlation_keys: list[CorrelationKey] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Conversation(ConversationNode):
    """Messages that belong together."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class SubConversation(ConversationNode):
    conversation_nodes: list[ConversationNode] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CallConversation(ConversationNode):
    called_collaboration_ref: str | None = reference()
    participant_associations: list[ParticipantAssociation] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ConversationLink(BaseElement):
    name: str | None = attribute()
    source_ref: str | None = reference()
    target_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ConversationAssociation(BaseElement):
    inner_conversation_node_ref: str | None = reference()
    outer_conversation_node_ref: str | None = reference()
