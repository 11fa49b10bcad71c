"""Services (8.4.1, 8.4.3): interfaces with their operations, and end points."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.fields import attribute, children, text, texts
from bpmn.model.foundation import BaseElement, RootElement


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Operation(BaseElement):
    name: str | None = attribute()
    implementation_ref: str | None = attribute()
    in_message_ref: str | None = text(reference=True)
    out_message_ref: str | None = text(reference=True)
    error_refs: list[str] = texts("errorRef")


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Interface(RootElement):
    name: str | None = attribute()
    implementation_ref: str | None = attribute()
    operations: list[Operation] = children()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class EndPoint(RootElement):
    """Where a service is found; the standard leaves its content to vendors."""
