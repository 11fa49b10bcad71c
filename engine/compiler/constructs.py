"""The names of the constructs that an element uses; a verdict says `runs` only where a test of each has passed."""

from __future__ import annotations

from bpmn import model as m
from bpmn.xml.catalog import tag_of
from engine.elements.compilation import Compilation


def constructs_of(node: m.FlowNode, c: Compilation) -> list[str]:
    """Such as `userTask`, `boundaryEvent/timer/non-interrupting`, `multi-instance/parallel`."""
    names = [_event(node, c) if isinstance(node, m.Event) else _main(node)]
    loop = getattr(node, "loop_characteristics", None)
    if isinstance(loop, m.MultiInstanceLoopCharacteristics):
        names.append("multi-instance/sequential" if loop.is_sequential else "multi-instance/parallel")
    elif isinstance(loop, m.StandardLoopCharacteristics):
        names.append("standard-loop")
    if isinstance(node, m.Activity) and node.is_for_compensation:
        names.append("compensation")
    return names


def _event(node: m.Event, c: Compilation) -> str:
    """What it waits for or throws counts, whether it is written in the event or referred to."""
    kinds = [tag(definition).removesuffix("EventDefinition") for definition in c.definitions_of(node)]
    if c.execution(node).variable_event:
        kinds.append("variable")
    if len(kinds) > 1:
        kinds = ["parallel-multiple" if getattr(node, "parallel_multiple", None) else "multiple"]
    parts = [tag(node), *kinds]
    if isinstance(node, m.BoundaryEvent):
        parts.append("non-interrupting" if node.cancel_activity is False else "interrupting")
    if isinstance(node, m.StartEvent) and node.is_interrupting is False and kinds:
        parts.append("non-interrupting")
    return "/".join(parts)


def _main(node: m.FlowNode) -> str:
    name = tag(node)
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
