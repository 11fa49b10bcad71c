"""Resource roles (10.3.1): who does an activity, in the standard's own words."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.fields import attribute, child, children, reference, text
from bpmn.model.foundation import BaseElement, Expression


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ResourceAssignmentExpression(BaseElement):
    expression: Expression | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ResourceParameterBinding(BaseElement):
    parameter_ref: str | None = reference()
    expression: Expression | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class ResourceRole(BaseElement):
    name: str | None = attribute()
    resource_ref: str | None = text(reference=True)
    resource_parameter_bindings: list[ResourceParameterBinding] = children()
    resource_assignment_expression: ResourceAssignmentExpression | None = child()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Performer(ResourceRole):
    """Who performs."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class HumanPerformer(Performer):
    """The person who performs."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class PotentialOwner(HumanPerformer):
    """Whoever may claim the task."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Rendering(BaseElement):
    """How a user task is shown; the standard leaves its content to vendors."""
