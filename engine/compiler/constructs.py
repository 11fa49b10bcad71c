"""The names of the constructs that an element uses; a verdict says `runs` only where a test of each has passed."""

from __future__ import annotations

from bpmn import model as m
from bpmn.xml.catalog import tag_of


def constructs_of(node: m.FlowNode) -> list[str]:
    """Such as `userTask`, `boundaryEvent/timer/non-interrupting`, `multi-instance/parallel`."""
    names = [_main(node)]
    loop = getattr(node, "loop_characteristics", None)
    if isinstance(loop, m.MultiInstanceLoopCharacteristics):
        names.append("multi-instance/sequential" if loop.is_sequential else "multi-instance/parallel")
    elif isinstance(loop, m.StandardLoopCharacteristics):
        names.append("standard-loop")
    if isinstance(node, m.Activity) and node.is_for_compensation:
        names.append("compensation")
    return names


def _main(node: m.FlowNode) -> str:
    name = tag(node)
    if isinstance(node, m.Event):
        kinds = [tag(definition).removesuffix("EventDefinition") for definition in node.event_definitions]
        kind = kinds[0] if kinds else "referenced" if node.event_definition_refs else ""
        if len(kinds) + len(node.event_definition_refs) > 1:
            kind = "parallel-multiple" if getattr(node, "parallel_multiple", None) else "multiple"
        parts = [name, *([kind] if kind else [])]
        if isinstance(node, m.BoundaryEvent):
            parts.append("non-interrupting" if node.cancel_activity is False else "interrupting")
        if isinstance(node, m.StartEvent) and node.is_interrupting is False:
            parts.append("non-interrupting")
        return "/".join(parts)
    if isinstance(node, m.SubProcess) and node.triggered_by_event:
        return "eventSubProcess"
    if isinstance(node, m.EventBasedGateway) and node.instantiate:
        return "eventBasedGateway/instantiate" + ("-parallel" if node.event_gateway_type == "Parallel" else "")
    if isinstance(node, m.ReceiveTask) and node.instantiate:
        return "receiveTask/instantiate"
    return name


def tag(element: m.Element) -> str:
    """The element's name in the file, without its namespace."""
    return tag_of(type(element)).rpartition("}")[2]
