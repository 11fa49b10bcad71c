"""Escalation event definition (BPMN 2.0, 10.5.5): tells the nearest handler; the thrower goes on unless interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.event_definition import EventDefinition
from engine.spiff.failures import BpmnError
from engine.spiff.throwing import find_handler

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token


class EscalationEvent(EventDefinition):
    kind = "escalation"

    def __init__(self, definition: m.EventDefinition, node: m.BaseElement, c: Compilation) -> None:
        assert isinstance(definition, m.EscalationEventDefinition)
        escalation = c.definitions.resolve(definition.escalation_ref)
        self.code: str | None = definition.escalation_ref
        if isinstance(escalation, m.Escalation):
            self.code = escalation.escalation_code or escalation.name or escalation.id
            self.catches_any = not escalation.escalation_code and c.dialect != "bpmn"
        else:
            self.catches_any = not definition.escalation_ref

    def throw(self, token: Token, event: Any) -> None:
        throw_escalation(token, self.code)

    def catches_code(self, code: str | None) -> bool:
        return self.catches_any or code == self.code


def throw_escalation(token: Token, code: str | None, variables: dict[str, Any] | None = None) -> bool:
    """Tell the nearest handler; False where there is none, which is no fault (10.5.1)."""
    found = find_handler(token, code, "escalation")
    if found is None:
        return False
    handler, at = found
    handler.caught(at, BpmnError(code, None, variables))
    return True
