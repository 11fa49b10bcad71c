"""Signal event definition (BPMN 2.0, 10.5.5): broadcast to all that wait for its name, wherever they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.event_definition import EventDefinition
from engine.elements.handover import Handover
from engine.elements.messages import send
from engine.elements.person import ask_whether_it_happened
from engine.judgement import RUNS, Judgement, person
from engine.runtime.records import SubscriptionRecord
from engine.spiff.failures import ElementFailure
from engine.spiff.waits import open_wait

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.token import Token


class SignalEvent(EventDefinition):
    kind = "signal"

    def __init__(self, definition: m.EventDefinition, node: m.BaseElement, c: Compilation) -> None:
        assert isinstance(definition, m.SignalEventDefinition)
        details = c.execution(definition)
        signal = c.definitions.resolve(definition.signal_ref)
        self.fixed_name = (signal.name or signal.id) if isinstance(signal, m.Signal) else definition.signal_ref
        self.name = c.evaluator(details.signal_name)
        self.within_instance = details.signal_scope == "processInstance"
        self.payload = [
            Handover(mapping, c) for mapping in details.variables_for_event or c.execution(node).variables_for_event
        ]
        self.guided = c.guided

    def judge(self) -> Judgement:
        if not (self.name is None and self.fixed_name is None):
            return RUNS
        if self.guided:
            return person("It names no signal, so a person says when it happens.", "no-signal")
        return Judgement(
            "will_not_run", "It names no signal.", "Give it a signal, or deploy it as guided.", "no-signal"
        )

    def arm(self, token: Token, event: ElementSpec) -> None:
        name = self._name(token)
        if name is not None:
            workflow = token.workflow
            record = SubscriptionRecord(
                number=workflow.next_number(),
                token=token.id,
                instance_id=token.instance.id,
                element_id=event.element_id,
                kind="signal",
                name=name,
                created_at=workflow.now,
                correlation={"within_instance": True} if self.within_instance else {},
            )
            open_wait(token, record, event.element_id, self.kind)
        elif not self.guided:
            raise ElementFailure("no-signal", f"“{event.title}” names no signal.", "Give it a signal.")
        if self.guided:
            ask_whether_it_happened(token, event)

    def throw(self, token: Token, event: Any) -> None:
        name = self._name(token)
        if name is not None:
            variables: dict[str, Any] = {}
            for mapping in self.payload:
                variables.update(mapping.values(token))
            send(token, "signal", {"name": name, "variables": variables, "instance_only": self.within_instance})
        elif not self.guided:
            raise ElementFailure("no-signal", f"“{event.title}” names no signal.", "Give it a signal.")

    def _name(self, token: Token) -> str | None:
        return self.name.text(token) if self.name is not None else self.fixed_name
