"""The start events of a process that wait for a message, a signal or a time: what its deployment subscribes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bpmn import model as m
from bpmn.model.execution import Timer
from engine.compiler.compile import compiled
from engine.elements.compilation import Compilation


@dataclass(frozen=True, slots=True)
class StartTrigger:
    """`name` of the message or signal (None: it names none), or `timer`."""

    element_id: str
    kind: Literal["message", "signal", "timer"]
    name: str | None = None
    timer: Timer | None = None


def start_triggers(definitions: m.Definitions, process: m.Process, *, guided: bool = False) -> list[StartTrigger]:
    """Those on the process's own level, in the order of the file."""
    _, c = compiled(definitions, process, guided=guided, bindings={})
    found: list[StartTrigger] = []
    for node in process.flow_elements:
        if node.id is None:
            continue
        if isinstance(node, m.StartEvent):
            found.extend(trigger for d in c.definitions_of(node) if (trigger := _trigger(node, d, c)) is not None)
        elif isinstance(node, m.ReceiveTask) and node.instantiate:
            found.append(StartTrigger(node.id, "message", c.message_of(node, node.message_ref)))
    return found


def _trigger(node: m.StartEvent, definition: m.EventDefinition, c: Compilation) -> StartTrigger | None:
    node_id = node.id or ""
    details = c.execution(definition)
    if isinstance(definition, m.MessageEventDefinition):
        own = details.message_name.text if details.message_name and details.message_name.language == "text" else None
        return StartTrigger(node_id, "message", own or c.message_of(node, definition.message_ref))
    if isinstance(definition, m.SignalEventDefinition):
        signal = c.definitions.resolve(definition.signal_ref)
        name = (signal.name or signal.id) if isinstance(signal, m.Signal) else definition.signal_ref
        return StartTrigger(node_id, "signal", name)
    if isinstance(definition, m.TimerEventDefinition):
        return StartTrigger(node_id, "timer", timer=details.timer)
    return None
