"""Sequence flows and what they connect: both ends there, in one place, and in the right direction."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.model import BoundaryEvent, CallActivity, EndEvent, FlowNode, SequenceFlow, StartEvent
from bpmn.problems import Problem
from bpmn.validity.document import Document


def check(document: Document) -> Iterator[Problem]:
    for flow in document.flows:
        yield from _check_flow(document, flow)
    for node in document.nodes:
        if isinstance(node, CallActivity):
            yield from _check_call(document, node)
        elif isinstance(node, BoundaryEvent):
            yield from _check_boundary(document, node)


def _check_flow(document: Document, flow: SequenceFlow) -> Iterator[Problem]:
    definitions = document.definitions
    source, target = definitions.resolve(flow.source_ref), definitions.resolve(flow.target_ref)
    severity = document.severity(flow)
    if not isinstance(source, FlowNode):
        named = f"names {flow.source_ref[:80]!r}, which is no node of the file" if flow.source_ref else "is missing"
        message = f"sourceRef of the sequence flow {named}: nothing ever takes it."
        yield Problem(
            "warning", "flow_from_nowhere", message, flow.id, flow.line, "Connect it to a node, or remove it."
        )
    if not isinstance(target, FlowNode):
        named = f"names {flow.target_ref[:80]!r}, which is no node of the file" if flow.target_ref else "is missing"
        message = f"targetRef of the sequence flow {named}: it leads nowhere."
        yield Problem(severity, "flow_to_nowhere", message, flow.id, flow.line, "Connect it to a node, or remove it.")
    if not isinstance(source, FlowNode) or not isinstance(target, FlowNode):
        return
    if definitions.parent(source) is not definitions.parent(target):
        message = (
            f"The sequence flow leads from {source.id!r} to {target.id!r}, across the border of a sub-process or pool."
        )
        fix = "Let it end at the border; between pools, draw a message flow."
        yield Problem(severity, "flow_across_border", message, flow.id, flow.line, fix)
    if isinstance(target, StartEvent | BoundaryEvent):
        kind = "start" if isinstance(target, StartEvent) else "boundary"
        message = f"The sequence flow leads to {target.id!r}, but a {kind} event has no incoming flow."
        yield Problem(
            severity, f"{kind}_with_incoming", message, flow.id, flow.line, "Let it lead to what follows the event."
        )
    if isinstance(source, EndEvent):
        message = f"The sequence flow starts from {source.id!r}, but an end event has no outgoing flow."
        fix = "Draw an intermediate event, or remove the flow."
        yield Problem(severity, "end_with_outgoing", message, flow.id, flow.line, fix)


def _check_call(document: Document, call: CallActivity) -> Iterator[Problem]:
    called = call.called_element
    if called:
        if not called.startswith(("${", "#{", "=")) and document.definitions.resolve(called) is None:
            message = f"The call activity calls {called[:80]!r}, which is not in the file."
            fix = "It must be deployed when it is called."
            yield Problem("info", "called_elsewhere", message, call.id, call.line, fix)
        return
    # Vendors name what is called in ways of their own: extensions, or attributes such as a case's.
    own = call.foreign_attributes.keys() | {extension.name for extension in call.extensions}
    if not any("called" in name or "caseRef" in name for name in own):
        message = f"The call activity {call.name or call.id or ''!r} does not say what it calls."
        yield Problem(
            "warning", "no_called_element", message, call.id, call.line, "Set calledElement to a process's id."
        )


def _check_boundary(document: Document, event: BoundaryEvent) -> Iterator[Problem]:
    definitions = document.definitions
    if not event.attached_to_ref:
        message = f"The boundary event {event.name or event.id or ''!r} is attached to nothing."
        severity = document.severity(event)
        yield Problem(severity, "not_attached", message, event.id, event.line, "Set attachedToRef to an activity's id.")
        return
    activity = definitions.resolve(event.attached_to_ref)
    if activity is not None and definitions.parent(activity) is not definitions.parent(event):
        message = f"The boundary event is attached to {activity.id!r}, which stands in another process or sub-process."
        severity = document.severity(event)
        yield Problem(
            severity, "attached_across_border", message, event.id, event.line, "Move the event beside the activity."
        )
