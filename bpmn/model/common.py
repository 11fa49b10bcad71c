"""Common elements (8.4): flow elements, messages, signals, errors, resources, categories."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.fields import attribute, child, children, reference, role, texts
from bpmn.model.foundation import BaseElement, FormalExpression, RootElement


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Auditing(BaseElement):
    """What to record; the standard leaves its content to vendors."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Monitoring(BaseElement):
    """What to watch; the standard leaves its content to vendors."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class FlowElement(BaseElement):
    """Whatever may stand in a process: nodes, sequence flows, data objects."""

    name: str | None = attribute()
    auditing: Auditing | None = child()
    monitoring: Monitoring | None = child()
    category_value_refs: list[str] = texts("categoryValueRef")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class FlowNode(FlowElement):
    """A node of the graph. `incoming` and `outgoing` repeat what the sequence flows say, and may be wrong or absent."""

    incoming: list[str] = texts("incoming")
    outgoing: list[str] = texts("outgoing")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class SequenceFlow(FlowElement):
    source_ref: str | None = reference()
    target_ref: str | None = reference()
    is_immediate: bool | None = attribute()
    condition_expression: FormalExpression | None = role()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ItemDefinition(RootElement):
    structure_ref: str | None = attribute()
    is_collection: bool | None = attribute()
    item_kind: str | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Message(RootElement):
    name: str | None = attribute()
    item_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Signal(RootElement):
    name: str | None = attribute()
    structure_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Error(RootElement):
    name: str | None = attribute()
    error_code: str | None = attribute()
    structure_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Escalation(RootElement):
    name: str | None = attribute()
    escalation_code: str | None = attribute()
    structure_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CategoryValue(BaseElement):
    value: str | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Category(RootElement):
    name: str | None = attribute()
    category_values: list[CategoryValue] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ResourceParameter(BaseElement):
    name: str | None = attribute()
    type: str | None = attribute()
    is_required: bool | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Resource(RootElement):
    name: str | None = attribute()
    resource_parameters: list[ResourceParameter] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CorrelationPropertyRetrievalExpression(BaseElement):
    message_ref: str | None = reference()
    message_path: FormalExpression | None = role()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CorrelationProperty(RootElement):
    name: str | None = attribute()
    type: str | None = attribute()
    correlation_property_retrieval_expressions: list[CorrelationPropertyRetrievalExpression] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CorrelationKey(BaseElement):
    name: str | None = attribute()
    correlation_property_refs: list[str] = texts("correlationPropertyRef")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CorrelationPropertyBinding(BaseElement):
    correlation_property_ref: str | None = reference()
    data_path: FormalExpression | None = role()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CorrelationSubscription(BaseElement):
    correlation_key_ref: str | None = reference()
    correlation_property_bindings: list[CorrelationPropertyBinding] = children()
