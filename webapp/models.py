"""Models as pages need them: the drawing as UTF-8 XML, and the elements in the order one meets them, in words."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from threading import Lock
from typing import Literal

import bpmn
from bpmn.dialects import execution
from bpmn.layout import layout
from bpmn.model import (
    BaseElement,
    BoundaryEvent,
    Definitions,
    FlowElement,
    FlowNode,
    Process,
    SequenceFlow,
    StartEvent,
    SubProcess,
)
from bpmn.model.execution import Form
from webapp.words import kind_of, name_of

# Nodes and flows; so many take some seconds.
MOST_LAID_OUT = 20_000


@dataclass(frozen=True, slots=True)
class Station:
    """An element of the text twin: its name, what it is in words, and how deep inside sub-processes."""

    id: str
    name: str
    kind: str
    depth: int


class Model:
    """A file that was read."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions

    @cached_property
    def too_large(self) -> bool:
        """Whether laying out what nobody drew of it would keep a reader waiting."""
        return sum(1 for _ in islice(self.definitions.of(FlowElement), MOST_LAID_OUT + 1)) > MOST_LAID_OUT

    @cached_property
    def drawn(self) -> Definitions:
        """As it can be shown: laid out where nobody drew it, unless it is too large."""
        return self._mended if self.too_large else layout(self._mended)

    @cached_property
    def _mended(self) -> Definitions:
        return bpmn.mended(self.definitions)

    @cached_property
    def drawing(self) -> bytes | None:
        """The XML for the viewer, in UTF-8 whatever the file has; None if there is nothing to show."""
        shows = any(diagram.plane and diagram.plane.elements for diagram in self.drawn.diagrams)
        return bpmn.write(self.drawn) if shows else None

    @cached_property
    def laid_out(self) -> Literal["all", "part"] | None:
        """How much of it nobody drew."""
        if self.drawn is self._mended:
            return None
        return "part" if any(each.plane and each.plane.elements for each in self._mended.diagrams) else "all"

    def element(self, id: str | None) -> BaseElement | None:
        return self.definitions.resolve(id)

    def name(self, id: str | None) -> str:
        """What a person calls the element: its name, or what it is."""
        element = self.element(id)
        return name_of(element) if element is not None else (id or "")

    def documentation(self, id: str | None) -> str:
        element = self.element(id)
        texts = [each.text for each in element.documentation if each.text] if element is not None else []
        return "\n\n".join(text.strip() for text in texts)

    def process_of(self, key: str) -> str:
        """The process that a definition's key names: its own id, or the only one there is."""
        processes = self.definitions.processes
        return key if isinstance(self.element(key), Process) or not processes else processes[0].id or ""

    def process_around(self, id: str) -> str | None:
        """The process that an element stands in."""
        element = self.element(id)
        while element is not None and not isinstance(element, Process):
            element = self.definitions.parent(element)
        return element.id if element is not None else None

    def start_form(self, process_id: str) -> Form | None:
        """The form of the process's own start event, the one that waits for nothing."""
        process = self.element(process_id)
        if isinstance(process, Process):
            for each in process.flow_elements:
                if isinstance(each, StartEvent) and not each.event_definitions:
                    return execution(self.definitions, each).form
        return None

    def stations(self, process_id: str) -> list[Station]:
        """The flow nodes of a process, from its starts along its flows; what no flow reaches comes last."""
        process = self.element(process_id)
        return list(_stations(process, 0)) if isinstance(process, Process) else []


def _stations(container: Process | SubProcess, depth: int) -> Iterator[Station]:
    nodes = [each for each in container.flow_elements if isinstance(each, FlowNode)]
    flows = [each for each in container.flow_elements if isinstance(each, SequenceFlow)]
    for node in in_flow_order(nodes, flows):
        yield Station(node.id or "", name_of(node), kind_of(node), depth)
        if isinstance(node, SubProcess):
            yield from _stations(node, depth + 1)


def in_flow_order(nodes: list[FlowNode], flows: Iterable[SequenceFlow]) -> list[FlowNode]:
    """Breadth first from the start events; a boundary event follows the activity it is on."""
    after: dict[str, list[str]] = {}
    for flow in flows:
        after.setdefault(flow.source_ref or "", []).append(flow.target_ref or "")
    for node in nodes:
        if isinstance(node, BoundaryEvent):
            after.setdefault(node.attached_to_ref or "", []).append(node.id or "")
    by_id = {node.id or "": node for node in nodes}
    reached: dict[str, FlowNode] = {}
    targets = {target for each in after.values() for target in each}
    starts = [id for id, node in by_id.items() if isinstance(node, StartEvent)]
    queue = deque(starts or [id for id in by_id if id not in targets])
    while queue:
        id = queue.popleft()
        if id in by_id and id not in reached:
            reached[id] = by_id[id]
            queue.extend(after.get(id, ()))
    return [*reached.values(), *(node for id, node in by_id.items() if id not in reached)]


class ModelCache:
    """Models that were read, by the hash of their bytes; the ones used longest ago are forgotten first."""

    def __init__(self, most: int = 100) -> None:
        self._models: OrderedDict[str, Model | None] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, sha256: str, content: Callable[[], tuple[bytes, str]]) -> Model | None:
        """The model with that hash; `content` gives its bytes and name when it is not here. None: not to be read."""
        with self._lock:
            if sha256 in self._models:
                self._models.move_to_end(sha256)
                return self._models[sha256]
        definitions = bpmn.read(*content()).definitions
        model = Model(definitions) if definitions is not None else None
        with self._lock:
            self._models[sha256] = model
            while len(self._models) > self._most:
                self._models.popitem(last=False)
        return model
