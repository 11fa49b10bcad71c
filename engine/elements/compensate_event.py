"""Compensate event definition (BPMN 2.0, 10.5.5): caught, it says how an activity is undone; thrown, it undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.compensation import compensate
from engine.elements.event_definition import EventDefinition
from engine.judgement import RUNS, Judgement

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token


class CompensateEvent(EventDefinition):
    """At a boundary `handler` is the spec of the activity that undoes. A throwing one waits for what it undoes."""

    kind = "compensate"

    def __init__(self, definition: m.EventDefinition, node: m.BaseElement, c: Compilation) -> None:
        assert isinstance(definition, m.CompensateEventDefinition)
        self.at_boundary = isinstance(node, m.BoundaryEvent)
        handler = c.associated_activity(node) if self.at_boundary else None
        self.handler = c.entry_name(handler) if handler is not None else None
        undone = c.definitions.resolve(definition.activity_ref)
        self.only = c.name_of(undone) if undone is not None else definition.activity_ref

    def judge(self) -> Judgement:
        if self.at_boundary and self.handler is None:
            return Judgement(
                "will_not_run",
                "No association leads from it to an activity that undoes.",
                "Draw an association to an activity that is marked for compensation.",
                "no-handler",
            )
        return RUNS

    def throw(self, token: Token, event: Any) -> None:
        compensate(token, self.only)
