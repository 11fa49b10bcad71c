"""Start event (BPMN 2.0, 10.5.2): of a process or sub-process, or of an event sub-process, whose scope waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.event import Event
from engine.elements.event_definition import Unsaid
from engine.spiff.waits import Entry

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.elements.event_sub_process import EventSubProcess
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class StartEvent(Event):
    event_sub_process: EventSubProcess | None = None

    def __init__(self, process: ProcessSpec, node: m.StartEvent, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        container = c.containers[c.name_of(node)]
        if isinstance(container, m.SubProcess) and container.triggered_by_event:
            self.definitions = self.definitions or [Unsaid(guided=c.guided)]
        self.interrupting = node.is_interrupting is not False or self.catches_errors
        details = c.execution(node)
        self.initiator = details.initiator
        if isinstance(container, m.Process) and not node.event_definitions and process.start_form is None:
            process.start_form = details.form

    def open(self, token: Token) -> None:
        """Its listeners know who started the process."""
        if self.initiator and not token.memory.get("opened"):
            token.data[self.initiator] = token.instance.started_by
        super().open(token)

    def triggered(self, token: Token, entry: Entry, variables: dict[str, Any]) -> None:
        """The scope's token waited for it, or its own token for its turn."""
        if self.event_sub_process is None or token.task_spec is self:
            super().triggered(token, entry, variables)
        elif not self.is_only_part(token, entry, variables):
            self.event_sub_process.happened(token, entry, self.received(token, variables))
