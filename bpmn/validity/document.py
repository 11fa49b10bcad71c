"""A document walked once: what the checks look at, by kind."""

from __future__ import annotations

from bpmn.model import (
    Definitions,
    Element,
    FlowNode,
    LaneSet,
    Process,
    SequenceFlow,
)
from bpmn.problems import Severity


class Document:
    """The elements of a document, and whether the process around one is meant to be executed."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.nodes: list[FlowNode] = []
        self.flows: list[SequenceFlow] = []
        self.lane_sets: list[LaneSet] = []
        self.elements = definitions.index.elements
        for element in self.elements:
            if isinstance(element, FlowNode):
                self.nodes.append(element)
            elif isinstance(element, SequenceFlow):
                self.flows.append(element)
            elif isinstance(element, LaneSet):
                self.lane_sets.append(element)

    def executable(self, element: Element) -> bool:
        """Whether the process that an element stands in is meant for an engine."""
        process: Element | None = element
        while process is not None and not isinstance(process, Process):
            process = self.definitions.parent(process)
        if process is None:
            return any(self.definitions.executes(process) for process in self.definitions.processes)
        return self.definitions.executes(process)

    def severity(self, element: Element) -> Severity:
        """What no engine can run is an error where one is meant to, and a remark about a drawing elsewhere."""
        return "error" if self.executable(element) else "warning"
