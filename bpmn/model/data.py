"""Data (10.4): items, data objects and stores, inputs and outputs, associations."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.common import FlowElement
from bpmn.model.fields import attribute, child, children, reference, role, text, texts
from bpmn.model.foundation import BaseElement, FormalExpression, RootElement


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class DataState(BaseElement):
    name: str | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ItemAwareElement(BaseElement):
    """What holds data; the flow elements that do repeat its two fields."""

    name: str | None = attribute()
    item_subject_ref: str | None = reference()
    data_state: DataState | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class DataInput(ItemAwareElement):
    is_collection: bool | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class DataOutput(ItemAwareElement):
    is_collection: bool | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Property(ItemAwareElement):
    """A variable of a process, activity or event."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class DataObject(FlowElement):
    item_subject_ref: str | None = reference()
    is_collection: bool | None = attribute()
    data_state: DataState | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class DataObjectReference(FlowElement):
    item_subject_ref: str | None = reference()
    data_object_ref: str | None = reference()
    data_state: DataState | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class DataStoreReference(FlowElement):
    item_subject_ref: str | None = reference()
    data_store_ref: str | None = reference()
    data_state: DataState | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class DataStore(RootElement):
    name: str | None = attribute()
    capacity: int | None = attribute()
    is_unlimited: bool | None = attribute()
    item_subject_ref: str | None = reference()
    data_state: DataState | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class InputSet(BaseElement):
    name: str | None = attribute()
    data_input_refs: list[str] = texts("dataInputRefs")
    optional_input_refs: list[str] = texts("optionalInputRefs")
    while_executing_input_refs: list[str] = texts("whileExecutingInputRefs")
    output_set_refs: list[str] = texts("outputSetRefs")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class OutputSet(BaseElement):
    name: str | None = attribute()
    data_output_refs: list[str] = texts("dataOutputRefs")
    optional_output_refs: list[str] = texts("optionalOutputRefs")
    while_executing_output_refs: list[str] = texts("whileExecutingOutputRefs")
    input_set_refs: list[str] = texts("inputSetRefs")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class InputOutputSpecification(BaseElement):
    data_inputs: list[DataInput] = children()
    data_outputs: list[DataOutput] = children()
    input_sets: list[InputSet] = children()
    output_sets: list[OutputSet] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class InputOutputBinding(BaseElement):
    operation_ref: str | None = reference()
    input_data_ref: str | None = reference()
    output_data_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Assignment(BaseElement):
    from_: FormalExpression | None = role("from")
    to: FormalExpression | None = role()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class DataAssociation(BaseElement):
    source_refs: list[str] = texts("sourceRef")
    target_ref: str | None = text(reference=True)
    transformation: FormalExpression | None = role()
    assignments: list[Assignment] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class DataInputAssociation(DataAssociation):
    """From a data object or property into an input."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class DataOutputAssociation(DataAssociation):
    """From an output into a data object or property."""
