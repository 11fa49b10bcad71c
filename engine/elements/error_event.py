"""Error event definition (BPMN 2.0, 10.5.5): ends what throws it and goes to the nearest handler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.event_definition import EventDefinition
from engine.elements.service import error_code
from engine.spiff.failures import BpmnError

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token


class ErrorEvent(EventDefinition):
    kind = "error"

    def __init__(self, definition: m.EventDefinition, node: m.BaseElement, c: Compilation) -> None:
        assert isinstance(definition, m.ErrorEventDefinition)
        error = c.definitions.resolve(definition.error_ref)
        self.fixed_code = error_code(c, definition.error_ref)
        details = c.execution(definition)
        if isinstance(error, m.Error):
            self.catches_any = not error.error_code and c.dialect != "bpmn"
        else:
            self.catches_any = not definition.error_ref
        self.code = c.evaluator(details.code)
        self.message = c.evaluator(details.error_message)

    def throw(self, token: Token, event: Any) -> None:
        code = self.code.text(token) if self.code is not None else self.fixed_code
        raise BpmnError(code, self.message.text(token) if self.message is not None else None)

    def catches_code(self, code: str | None) -> bool:
        return self.catches_any or (code is not None and code == (self._constant or self.fixed_code))

    @property
    def _constant(self) -> str | None:
        return self.code.code.text if self.code is not None and self.code.constant else None
