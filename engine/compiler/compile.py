"""Definitions to ProcessSpec: each node becomes the spec of its element, then flows and scopes connect them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from bpmn import model as m
from bpmn.collector import paused
from engine.elements import (
    ELEMENTS,
    EVENT_DEFINITIONS,
    GLOBAL_TASKS,
    EventDefinition,
    EventSubProcess,
    MultiInstance,
    NoTrigger,
    Process,
    StandardLoop,
    Unsupported,
)
from engine.elements.activity import Activity
from engine.elements.boundary_event import BoundaryEvent
from engine.elements.compilation import Compilation, Programs
from engine.elements.flow_container import FlowContainer
from engine.elements.gateway import DecidingGateway
from engine.elements.listeners import Listeners
from engine.elements.start_event import StartEvent
from engine.errors import Invalid
from engine.services.binding import Binding
from engine.spiff.element_spec import ElementSpec, Flow
from engine.spiff.process_spec import ProcessSpec
from engine.spiff.token import Token


@paused()
def compile_process(
    definitions: m.Definitions,
    process_id: str,
    *,
    guided: bool = False,
    bindings: Mapping[str, Binding] | None = None,
    programs: Programs | None = None,
) -> ProcessSpec:
    """One process, ready to be shared by all its instances. Raises Invalid where the file has no such process.

    `programs` calls what runs within the step, such as listeners that are bound to Python functions.
    """
    process = definitions.resolve(process_id)
    if not isinstance(process, m.Process):
        known = ", ".join(p.id or "?" for p in definitions.processes) or "none"
        raise Invalid(f"There is no process {process_id!r} in the file.", fix=f"It has: {known}.")
    return compiled(definitions, process, guided=guided, bindings=bindings or {}, programs=programs)[0]


def compiled(
    definitions: m.Definitions,
    process: m.Process,
    *,
    guided: bool,
    bindings: Mapping[str, Binding],
    programs: Programs | None = None,
) -> tuple[ProcessSpec, Compilation]:
    """The compiled process, and what was learned on the way."""
    spec = ProcessSpec(process.id or "process", process.name, dialect=definitions.dialect, guided=guided)
    c = Compilation(definitions, process, spec, bindings, _event_definition_of, programs)
    spec.version_tag = c.execution(process).version_tag
    spec.start = Process(spec, process, c)
    for node_id, node in c.nodes.items():
        c.at = node_id
        _instantiate(spec, node, c)
    for flow in c.flows:
        c.at = flow.source_ref or ""
        _connect(spec, flow, c)
    for node_id, node in c.nodes.items():
        _attach(spec, node_id, node, c)
    return spec, c


def _event_definition_of(definition: m.EventDefinition) -> type[EventDefinition]:
    return EVENT_DEFINITIONS.get(type(definition), NoTrigger)


def _instantiate(spec: ProcessSpec, node: m.FlowNode, c: Compilation) -> None:
    kind = ELEMENTS.get(type(node), Unsupported)
    if isinstance(node, m.SubProcess) and node.triggered_by_event:
        kind = EventSubProcess
    if isinstance(node, m.CallActivity):
        called = c.definitions.resolve(node.called_element)
        kind = GLOBAL_TASKS.get(type(called), kind) if called is not None else kind
    element: ElementSpec = kind(spec, node, c)
    loop = getattr(node, "loop_characteristics", None)
    if isinstance(element, Activity) and isinstance(node, m.Activity):
        if isinstance(loop, m.MultiInstanceLoopCharacteristics):
            MultiInstance(spec, node, c, element)
        elif isinstance(loop, m.StandardLoopCharacteristics):
            StandardLoop(spec, node, c, element)


def _connect(spec: ProcessSpec, flow: m.SequenceFlow, c: Compilation) -> None:
    source, target = c.nodes.get(flow.source_ref or ""), c.nodes.get(flow.target_ref or "")
    if source is None or target is None:
        return  # said when the file was read: it connects nothing
    flow_id = flow.id or f"{flow.source_ref} to {flow.target_ref}"
    connected = Flow(
        flow_id,
        flow.name,
        c.entry_name(source),
        c.entry_name(target),
        c.expression(flow.condition_expression),
        taken=_taken(flow, c),
        skip=c.evaluator(c.execution(flow).skip),
        is_default=flow.id is not None and getattr(source, "default", None) == flow.id,
    )
    spec.flows[flow_id] = connected
    spec.task_specs[connected.source].outgoing.append(connected)
    spec.task_specs[connected.target].incoming.append(connected)


def _taken(flow: m.SequenceFlow, c: Compilation) -> Callable[[Token], None] | None:
    """What listeners of the flow do when it is taken."""
    listeners = Listeners(c.execution(flow), c)
    return partial(listeners.run, "take") if listeners else None


def _attach(spec: ProcessSpec, node_id: str, node: m.FlowNode, c: Compilation) -> None:
    """What belongs to another element: a boundary event to its activity, an event sub-process to its scope."""
    element = spec.task_specs[node_id]
    if isinstance(node, m.BoundaryEvent) and isinstance(element, BoundaryEvent):
        host = c.nodes.get(node.attached_to_ref or "")
        if host is not None:
            host_spec = spec.task_specs[c.entry_name(host)]
            # An event sub-process has no boundary (10.3.5); what is drawn there can never happen.
            if isinstance(host_spec, Activity) and not isinstance(host_spec, EventSubProcess):
                host_spec.boundaries.append(element)
                element.hosts = (host_spec.name,)
    elif isinstance(element, EventSubProcess):
        container = spec.task_specs[c.name_of(c.containers[node_id]) or spec.start.name]
        starts = [spec.task_specs[c.name_of(start)] for start in _start_events(node)]
        if isinstance(container, FlowContainer) and starts and isinstance(starts[0], StartEvent):
            element.start = starts[0]
            starts[0].event_sub_process = element
            container.event_sub_processes.append(element)
    elif isinstance(element, DecidingGateway):
        element.flows_ready()


def _start_events(node: m.FlowNode) -> list[m.StartEvent]:
    return [e for e in node.flow_elements if isinstance(e, m.StartEvent)] if isinstance(node, m.SubProcess) else []
