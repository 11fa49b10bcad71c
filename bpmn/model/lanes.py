"""Lanes (10.7): who or what the nodes of a process belong to."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.fields import attribute, children, reference, role, texts
from bpmn.model.foundation import BaseElement


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Lane(BaseElement):
    name: str | None = attribute()
    partition_element_ref: str | None = reference()
    partition_element: BaseElement | None = role()
    flow_node_refs: list[str] = texts("flowNodeRef")
    child_lane_set: LaneSet | None = role()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class LaneSet(BaseElement):
    name: str | None = attribute()
    lanes: list[Lane] = children()
