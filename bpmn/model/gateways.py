"""Gateways (10.5)."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.common import FlowNode
from bpmn.model.fields import attribute, reference, role
from bpmn.model.foundation import FormalExpression


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Gateway(FlowNode):
    gateway_direction: str | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ExclusiveGateway(Gateway):
    default: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class InclusiveGateway(Gateway):
    default: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ParallelGateway(Gateway):
    """Takes all ways, waits for all."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ComplexGateway(Gateway):
    default: str | None = reference()
    activation_condition: FormalExpression | None = role()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class EventBasedGateway(Gateway):
    instantiate: bool | None = attribute()
    event_gateway_type: str | None = attribute()
