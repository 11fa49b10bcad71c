"""Activities (10.3): tasks, sub-processes, call activities and their loops."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.artifacts import Artifact
from bpmn.model.common import FlowElement, FlowNode
from bpmn.model.data import (
    DataInput,
    DataInputAssociation,
    DataOutput,
    DataOutputAssociation,
    InputOutputSpecification,
    Property,
)
from bpmn.model.events import ImplicitThrowEvent
from bpmn.model.fields import attribute, child, children, reference, role, text
from bpmn.model.foundation import BaseElement, FormalExpression
from bpmn.model.lanes import LaneSet
from bpmn.model.resources import Rendering, ResourceRole


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class LoopCharacteristics(BaseElement):
    """How often an activity is done."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class StandardLoopCharacteristics(LoopCharacteristics):
    test_before: bool | None = attribute()
    loop_maximum: int | None = attribute()
    loop_condition: FormalExpression | None = role()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ComplexBehaviorDefinition(BaseElement):
    condition: FormalExpression | None = role()
    event: ImplicitThrowEvent | None = role()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class MultiInstanceLoopCharacteristics(LoopCharacteristics):
    is_sequential: bool | None = attribute()
    behavior: str | None = attribute()
    one_behavior_event_ref: str | None = reference()
    none_behavior_event_ref: str | None = reference()
    loop_cardinality: FormalExpression | None = role()
    loop_data_input_ref: str | None = text(reference=True)
    loop_data_output_ref: str | None = text(reference=True)
    input_data_item: DataInput | None = role()
    output_data_item: DataOutput | None = role()
    complex_behavior_definitions: list[ComplexBehaviorDefinition] = children()
    completion_condition: FormalExpression | None = role()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Activity(FlowNode):
    is_for_compensation: bool | None = attribute()
    start_quantity: int | None = attribute()
    completion_quantity: int | None = attribute()
    default: str | None = reference()
    io_specification: InputOutputSpecification | None = role()
    properties: list[Property] = children()
    data_input_associations: list[DataInputAssociation] = children()
    data_output_associations: list[DataOutputAssociation] = children()
    resources: list[ResourceRole] = children()
    loop_characteristics: LoopCharacteristics | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Task(Activity):
    """A task; of the class itself, an abstract one."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class UserTask(Task):
    implementation: str | None = attribute()
    renderings: list[Rendering] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ManualTask(Task):
    """Done outside any system."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ServiceTask(Task):
    implementation: str | None = attribute()
    operation_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class SendTask(Task):
    implementation: str | None = attribute()
    message_ref: str | None = reference()
    operation_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ReceiveTask(Task):
    implementation: str | None = attribute()
    instantiate: bool | None = attribute()
    message_ref: str | None = reference()
    operation_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class BusinessRuleTask(Task):
    implementation: str | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ScriptTask(Task):
    script_format: str | None = attribute()
    script: str | None = text(strip=False)


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class CallActivity(Activity):
    called_element: str | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class SubProcess(Activity):
    triggered_by_event: bool | None = attribute()
    lane_sets: list[LaneSet] = children()
    flow_elements: list[FlowElement] = children()
    artifacts: list[Artifact] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Transaction(SubProcess):
    method: str | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class AdHocSubProcess(SubProcess):
    cancel_remaining_instances: bool | None = attribute()
    ordering: str | None = attribute()
    completion_condition: FormalExpression | None = role()
