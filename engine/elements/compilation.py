"""What elements need to know of the model while they are compiled: its flows, lanes, messages, details, bindings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bpmn import dialects
from bpmn import model as m
from bpmn.model.execution import Code, Execution
from engine.expressions import ExpressionError
from engine.services.binding import Binding
from engine.services.calls import ServiceCall, ServiceOutcome
from engine.services.python_callable import PythonCallable
from engine.spiff.evaluation import Evaluator
from engine.spiff.process_spec import ProcessSpec

if TYPE_CHECKING:
    from engine.elements.event_definition import EventDefinition

BODY = "#multiInstanceBody"
Programs = Callable[[ServiceCall], ServiceOutcome]


class Compilation:
    """One process of a file on its way to a ProcessSpec."""

    def __init__(
        self,
        definitions: m.Definitions,
        process: m.Process,
        spec: ProcessSpec,
        bindings: Mapping[str, Binding],
        event_definition_of: Callable[[m.EventDefinition], type[EventDefinition]],
        programs: Programs | None = None,
    ) -> None:
        self.definitions = definitions
        self.process = process
        self.spec = spec
        self.guided = spec.guided
        self.dialect = spec.dialect
        # Of no suite that would settle what BPMN leaves open.
        self.is_plain = spec.dialect in ("bpmn", "drawing", "spiffworkflow")
        self.bindings = bindings
        # Without a list of modules nothing may be called.
        self.programs: Programs = programs or PythonCallable(())
        self._event_definition_of = event_definition_of
        self.at = ""
        self._written: dict[str, list[Evaluator]] = defaultdict(list)
        self.nodes: dict[str, m.FlowNode] = {}
        self._names: dict[int, str] = {}
        self.flows: list[m.SequenceFlow] = []
        self.containers: dict[str, m.Process | m.SubProcess] = {}
        for container, element in _flow_elements(process):
            if isinstance(element, m.FlowNode):
                self.nodes[self._name(element)] = element
                self.containers[self.name_of(element)] = container
            elif isinstance(element, m.SequenceFlow):
                self.flows.append(element)
        self._into: dict[str, list[m.SequenceFlow]] = defaultdict(list)
        for flow in self.flows:
            self._into[flow.target_ref or ""].append(flow)
        self._details: dict[int, Execution] = {}
        self._lanes = dict(_lanes(process))
        self._messages_from: dict[str, list[str]] = defaultdict(list)
        self._messages_to: dict[str, list[str]] = defaultdict(list)
        for root in definitions.root_elements:
            if isinstance(root, m.Collaboration):
                for message_flow in root.message_flows:
                    self._messages_from[message_flow.source_ref or ""].append(message_flow.target_ref or "")
                    self._messages_to[message_flow.target_ref or ""].append(message_flow.source_ref or "")

    def execution(self, element: m.BaseElement) -> Execution:
        """What the file says of an element's execution, read once."""
        details = self._details.get(id(element))
        if details is None:
            details = self._details[id(element)] = dialects.execution(self.definitions, element)
        return details

    def evaluator(self, code: Code | None) -> Evaluator | None:
        """Code of the element being compiled (`at`), ready to be evaluated."""
        if code is None:
            return None
        evaluator = Evaluator(code)
        self._written[self.at].append(evaluator)
        return evaluator

    def errors_at(self, node_id: str) -> list[ExpressionError]:
        """What does not compile of an element and of the flows out of it."""
        return [evaluator.error for evaluator in self._written[node_id] if evaluator.error is not None]

    def flow_elements(self) -> Iterator[m.BaseElement]:
        """Every flow element of the process, sub-processes' included."""
        return (element for _, element in _flow_elements(self.process))

    def definitions_of(self, node: m.Event) -> list[m.EventDefinition]:
        """An event's definitions, those that it only refers to included (10.5.5)."""
        named = [self.definitions.resolve(reference) for reference in node.event_definition_refs]
        return [*node.event_definitions, *(d for d in named if isinstance(d, m.EventDefinition))]

    def expression(self, expression: Any) -> Evaluator | None:
        """A standard expression element, in the language it is in. An empty one counts as absent."""
        if expression is None or not (expression.text or "").strip():
            return None
        return self.evaluator(dialects.code(self.definitions, expression))

    def event_definitions(self, node: m.Event) -> list[EventDefinition]:
        """The compiled definitions of an event."""
        return [self._event_definition_of(d)(d, node, self) for d in self.definitions_of(node)]

    def name_of(self, node: m.BaseElement) -> str:
        """The name of a node's spec: its id; without one, one by its place in the file, such as “StartEvent 1”."""
        return node.id or self._names.get(id(node), "")

    def _name(self, node: m.FlowNode) -> str:
        # No id has a space in it, so none is like this one.
        return node.id or self._names.setdefault(id(node), f"{type(node).__name__} {len(self._names) + 1}")

    def entry_name(self, node: m.FlowNode) -> str:
        """The name of the spec that a token meets first at a node: the loop around it, where there is one."""
        name = self.name_of(node)
        return name + BODY if isinstance(node, m.Activity) and node.loop_characteristics is not None else name

    def apart_from(self, node_id: str | None) -> tuple[str, ...]:
        """The tasks that are not done by who does this one, whichever of them says so, in the order of the file."""
        return tuple(self._apart.get(node_id or "", ()))

    @cached_property
    def _apart(self) -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for name, node in self.nodes.items():
            apart = self.execution(node).apart if isinstance(node, m.Task) else None
            for other in apart.tasks if apart is not None else ():
                found[name][other] = found[other][name] = None
        return {name: {other: None for other in self.nodes if other in others} for name, others in found.items()}

    def into(self, node_id: str | None) -> list[m.SequenceFlow]:
        return self._into[node_id or ""]

    def lane_of(self, element_id: str | None) -> str | None:
        """The lane's name, else that of the pool, else None."""
        return self._lanes.get(element_id or "", self.pool)

    def groups_of(self, lane: str | None) -> tuple[str, ...]:
        """Whose the work of a lane is: the groups that are bound to it, else the group of its name."""
        if not lane:
            return ()
        bound = self.bindings.get(f"lane:{lane}")
        named = bound.target.split(",") if bound is not None else [lane]
        return tuple(dict.fromkeys(group.strip() for group in named if group.strip()))

    @cached_property
    def pool(self) -> str | None:
        """The name of the pool that the process is drawn in."""
        for root in self.definitions.root_elements:
            if isinstance(root, m.Collaboration):
                for participant in root.participants:
                    if self.definitions.resolve(participant.process_ref) is self.process:
                        return participant.name
        return None

    def binding(self, *keys: str | None) -> Binding | None:
        """The first binding kept for one of the keys (an element id, `topic:<name>`, `class:<name>`)."""
        for key in keys:
            if key is not None and key in self.bindings:
                return self.bindings[key]
        return None

    def associated_activity(self, node: m.BaseElement) -> m.Activity | None:
        """The activity that an association of the file leads to from a node."""
        for element in self.definitions.walk():
            if isinstance(element, m.Association) and element.source_ref == node.id and node.id is not None:
                target = self.definitions.resolve(element.target_ref)
                if isinstance(target, m.Activity):
                    return target
        return None

    def targets_of(self, node: m.FlowNode) -> list[str]:
        """The names of the specs that flows lead to from a node."""
        targets = (self.nodes.get(flow.target_ref or "") for flow in self.flows if flow.source_ref == node.id)
        return [self.entry_name(target) for target in targets if target is not None]

    def receivers(self, node_id: str | None) -> list[m.BaseElement]:
        """The elements that message flows of the file lead to from here."""
        found = (self.definitions.resolve(target) for target in self._messages_from[node_id or ""])
        return [element for element in found if element is not None]

    def message_of(self, node: m.BaseElement, reference: str | None) -> str | None:
        """The name of the message that an element receives or sends: the model's, else one after the message flow."""
        drawn = f"message flow to {node.id}" if self._messages_to[node.id or ""] else None
        # Drawings name one message at many places; what is meant is where the flow leads.
        if drawn and self.guided and self._is_sent_to(node):
            return drawn
        message = self.definitions.resolve(reference)
        if isinstance(message, m.Message):
            return message.name or message.id
        return reference or drawn

    def _is_sent_to(self, node: m.BaseElement) -> bool:
        """Whether a message flow comes from an element of the file, and not from a pool that nothing is known of."""
        senders = (self.definitions.resolve(sender) for sender in self._messages_to[node.id or ""])
        return any(isinstance(sender, m.FlowNode) for sender in senders)


def message_reference(node: m.BaseElement) -> str | None:
    """The messageRef of a task or of an event's message definition."""
    if isinstance(node, (m.ReceiveTask, m.SendTask)):
        return node.message_ref
    for definition in getattr(node, "event_definitions", ()):
        if isinstance(definition, m.MessageEventDefinition):
            return definition.message_ref
    return None


def _flow_elements(process: m.Process) -> Iterator[tuple[m.Process | m.SubProcess, m.BaseElement]]:
    """Every flow element with the process or sub-process around it, outermost first."""
    containers: list[m.Process | m.SubProcess] = [process]
    for container in containers:
        for element in container.flow_elements:
            yield container, element
            if isinstance(element, m.SubProcess):
                containers.append(element)


def _lanes(process: m.Process) -> Iterator[tuple[str, str]]:
    """Element id and lane name, inner lanes last so that they win."""
    lane_sets = list(process.lane_sets)
    for _, element in _flow_elements(process):
        if isinstance(element, m.SubProcess):
            lane_sets.extend(element.lane_sets)
    for lane_set in lane_sets:
        for lane in lane_set.lanes:
            for reference in lane.flow_node_refs:
                if lane.name:
                    yield reference.strip(), lane.name
            if lane.child_lane_set is not None:
                lane_sets.append(lane.child_lane_set)
