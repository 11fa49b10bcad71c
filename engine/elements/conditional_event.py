"""Conditional event definition (BPMN 2.0, 10.5.5): looked at when variables that it can see change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from bpmn import model as m
from bpmn.model.execution import Execution
from engine.elements.event_definition import EventDefinition
from engine.elements.person import ask_whether_it_happened
from engine.judgement import RUNS, Judgement, person
from engine.spiff.failures import ElementFailure
from engine.spiff.scope import ASKED, Touch
from engine.spiff.waits import Entry

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.token import Token


class ConditionalEvent(EventDefinition):
    """It waits without a row of its own: its token remembers it, and nobody outside can trigger it."""

    kind: ClassVar[str] = "conditional"

    def __init__(self, definition: m.EventDefinition, node: m.BaseElement, c: Compilation) -> None:
        assert isinstance(definition, m.ConditionalEventDefinition)
        self.condition = c.expression(definition.condition)
        self.guided = c.guided
        # Flowable looks at conditions only when it is asked to.
        self.on_demand = c.dialect in ("flowable", "activiti")
        self._read(c.execution(definition))

    @classmethod
    def of_variable(cls, details: Execution, *, guided: bool) -> ConditionalEvent:
        """An event that waits for a change of a variable, without a condition (Flowable: variable listener)."""
        event = cls.__new__(cls)
        event.condition, event.guided, event.on_demand = None, guided, False
        event._read(details)
        return event

    def _read(self, details: Execution) -> None:
        self.variable = details.condition_variable
        self.variable_only = details.variable_event
        self.changes = frozenset(details.condition_events) - {"all", "update-create"}

    @property
    def decidable(self) -> bool:
        if self.variable_only:
            return self.variable is not None
        return self.condition is not None and self.condition.error is None

    def judge(self) -> Judgement:
        if self.decidable:
            return RUNS
        if self.guided:
            return person("It has no condition that can be decided, so a person says when it happens.", "no-condition")
        return Judgement("will_not_run", "It has no condition.", "Give it a condition.", "no-condition")

    def arm(self, token: Token, event: ElementSpec) -> None:
        if not self.decidable:
            if not self.guided:
                raise ElementFailure("no-condition", f"“{event.title}” has no condition.", "Give it a condition.")
            ask_whether_it_happened(token, event)
            return
        entry, workflow = self._wait(token, event), token.workflow
        if not (self.variable_only or self.on_demand) and self.condition is not None and self.condition.holds(token):
            workflow.met.append((token, entry))

    def rearm(self, token: Token, event: ElementSpec) -> None:
        """Wait for the next change; that the condition still holds does not count."""
        if self.decidable:
            self._wait(token, event)
        else:
            self.arm(token, event)

    def _wait(self, token: Token, event: ElementSpec) -> Entry:
        """Wait for changes; guided, nobody may ever set what is looked at, so a person may say that it happened."""
        entry = Entry(token.workflow.next_number(), "condition", event.element_id, self.kind)
        token.remember(waits=[*token.memory.get("waits", ()), entry])
        token.workflow.conditional.add(token.id)
        if self.guided:
            ask_whether_it_happened(token, event)
        return entry

    def is_met(self, token: Token, touched: list[Touch]) -> bool:
        """Whether one of the changes concerns it, and the condition now holds."""
        if self.on_demand and touched is not ASKED:
            return False
        if touched is ASKED:
            return self.condition is not None and self.condition.holds(token)
        seen = {scope.number for scope in token.data.scopes()}
        concerned = any(
            touch.scope in seen
            and self.variable in (None, touch.name)
            and (not self.changes or touch.kind in self.changes)
            for touch in touched
        )
        if not concerned:
            return False
        return self.variable_only or (self.condition is not None and self.condition.holds(token))
