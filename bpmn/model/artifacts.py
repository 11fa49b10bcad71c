"""Artifacts (8.4.1 of a diagram): associations, groups and text annotations. They never run."""

from __future__ import annotations

from dataclasses import dataclass

from bpmn.model.fields import attribute, reference, text
from bpmn.model.foundation import BaseElement


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Artifact(BaseElement):
    """What explains a diagram."""


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Association(Artifact):
    source_ref: str | None = reference()
    target_ref: str | None = reference()
    association_direction: str | None = attribute()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class Group(Artifact):
    category_value_ref: str | None = reference()


@dataclass(eq=False, kw_only=True, slots=True, repr=False)
class TextAnnotation(Artifact):
    text_format: str | None = attribute()
    text: str | None = text(strip=False)
