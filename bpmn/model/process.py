"""Processes and global tasks (10.2, 10.3.5): what can be called."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.artifacts import Artifact
from bpmn.model.common import Auditing, CorrelationSubscription, FlowElement, Monitoring
from bpmn.model.data import InputOutputBinding, InputOutputSpecification, Property
from bpmn.model.fields import attribute, child, children, reference, role, roles, text, texts
from bpmn.model.foundation import RootElement
from bpmn.model.lanes import LaneSet
from bpmn.model.resources import Rendering, ResourceRole


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CallableElement(RootElement):
    name: str | None = attribute()
    supported_interface_refs: list[str] = texts("supportedInterfaceRef")
    io_specification: InputOutputSpecification | None = role()
    io_bindings: list[InputOutputBinding] = roles("ioBinding")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Process(CallableElement):
    process_type: str | None = attribute()
    is_closed: bool | None = attribute()
    is_executable: bool | None = attribute()
    definitional_collaboration_ref: str | None = reference()
    auditing: Auditing | None = child()
    monitoring: Monitoring | None = child()
    properties: list[Property] = children()
    lane_sets: list[LaneSet] = children()
    flow_elements: list[FlowElement] = children()
    artifacts: list[Artifact] = children()
    resources: list[ResourceRole] = children()
    correlation_subscriptions: list[CorrelationSubscription] = children()
    supports: list[str] = texts("supports")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class GlobalTask(CallableElement):
    resources: list[ResourceRole] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class GlobalUserTask(GlobalTask):
    implementation: str | None = attribute()
    renderings: list[Rendering] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class GlobalManualTask(GlobalTask):
    """A manual task that call activities share."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class GlobalBusinessRuleTask(GlobalTask):
    implementation: str | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class GlobalScriptTask(GlobalTask):
    script_language: str | None = attribute()
    script: str | None = text(strip=False)
