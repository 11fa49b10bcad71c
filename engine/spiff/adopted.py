"""SpiffWorkflow's own way: `BpmnWorkflow(spec)` on a spec compiled here becomes a workflow that can run it.

`BpmnWorkflow.__init__` makes an object of its own class and predicts from `spec.start`; that is where it is taken over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from SpiffWorkflow.bpmn.specs.event_definitions import MessageEventDefinition, SignalEventDefinition

from engine.clock import SystemClock
from engine.errors import NotFound
from engine.runtime.records import InstanceRecord, JobRecord, SubscriptionRecord
from engine.spiff.bounds import Bounds
from engine.spiff.chain import NO_CHAIN
from engine.spiff.process_spec import ProcessSpec
from engine.spiff.token import Token
from engine.spiff.waits import entries
from engine.spiff.workflow import ProcessWorkflow


class SpecLibrary:
    """The specs that the application holds, by process id."""

    def __init__(self, specs: Mapping[str, ProcessSpec]) -> None:
        self._specs = dict(specs)

    def spec(self, definition_id: str) -> ProcessSpec:
        return self._specs[definition_id]

    def called(self, key: str, binding: str, version: str | None, caller_id: str) -> str:
        if key not in self._specs:
            raise NotFound(f"The called process {key} is not among the specs.", fix="Hand it in as a subprocess spec.")
        return key

    def resource(self, definition_id: str, name: str) -> str | None:
        """An application hands over models only."""
        return None


class AdoptedWorkflow(ProcessWorkflow):
    """Kept in memory by the application: messages, signals and due timers are handed to it as SpiffWorkflow does."""

    def catch(self, event: Any) -> None:
        """Deliver a message or signal to whatever waits for its name."""
        self.deliver(event)

    def send_event(self, event: Any) -> None:
        """Deliver; refuse what nothing waits for."""
        if not self.deliver(event):
            raise NotFound(f"This process is not waiting for {event.event_definition.name}.")

    def deliver(self, event: Any) -> int:
        definition = event.event_definition
        kind = {MessageEventDefinition: "message", SignalEventDefinition: "signal"}.get(type(definition))
        payload = event.payload if isinstance(event.payload, dict) else {}
        waiting = [
            record
            for record in self.changes.opened.values()
            if isinstance(record, SubscriptionRecord) and record.kind == kind and record.name == definition.name
        ]
        for record in waiting:
            self._happen(record.token, record.number, payload)
        return len(waiting)

    def refresh_timers(self) -> None:
        """Let every timer fire that is due."""
        self.now = SystemClock().now()
        for record in list(self.changes.opened.values()):
            if isinstance(record, JobRecord) and record.kind == "timer" and record.due_at <= self.now and record.token:
                self._happen(record.token, record.number, {})

    def end_instance(
        self,
        instance: InstanceRecord,
        state: Literal["completed", "failed", "cancelled"],
        reason: str | None = None,
    ) -> None:
        body = self.bodies.get(instance.id)
        if body is not None and instance.id == self.root_id:
            self.data.update(dict(body.data))
            self.success = state == "completed"
        super().end_instance(instance, state, reason)

    def _happen(self, number: int, wait: int, variables: dict[str, Any]) -> None:
        token: Token | None = self.tasks.get(number)
        for entry in entries(token) if token is not None else ():
            if token is not None and entry.number == wait:
                token.task_spec.process.task_specs[entry.element_id].triggered(token, entry, variables)
        self.advance()


def adopt(workflow: Any, spec: ProcessSpec) -> None:
    """Make SpiffWorkflow's workflow one of ours, with an instance of the spec about to start."""
    specs = {**workflow.subprocess_specs, spec.name: spec}
    workflow.__class__ = AdoptedWorkflow
    workflow.prepare("root", SpecLibrary(specs), Bounds())
    workflow.begin(SystemClock().now(), None, "raise", NO_CHAIN)
    instance = InstanceRecord("root", "root", spec.name, spec.name, workflow.now, conversation="root")
    workflow.task_tree = workflow.add_instance(instance, spec, None)
