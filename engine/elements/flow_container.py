"""What a process and a sub-process share: they start the flow elements inside and are done when no token is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from bpmn import model as m
from engine.elements.activity import Activity
from engine.elements.compensation import MEMORY, compensate
from engine.spiff.failures import ElementFailure
from engine.spiff.waits import entries

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.elements.event_sub_process import EventSubProcess
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.evaluation import Evaluator
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class FlowContainer(Activity):
    own_scope = True
    is_scope = True

    def __init__(
        self, process: ProcessSpec, node: m.Process | m.SubProcess, c: Compilation, name: str | None = None
    ) -> None:
        super().__init__(process, node, c, name)
        self.event_sub_processes: list[EventSubProcess] = []
        self.start_ids, self.event_start_ids = _starts(node, c)
        self.declared = list(_declared(node, c))

    def open(self, token: Token) -> None:
        super().open(token)
        if token.is_open:
            for event_sub_process in self.event_sub_processes:
                if not event_sub_process.watches_conditions:
                    event_sub_process.arm(token)

    def declare_variables(self, token: Token) -> None:
        """The values of data objects, unless whoever starts or calls it has given others (Flowable)."""
        for name, value in self.declared:
            if not token.scope.has(name):
                token.scope.set(name, value.value(token))

    def watch_conditions(self, token: Token) -> None:
        super().watch_conditions(token)
        waiting = {entry.element_id for entry in entries(token)}
        for each in self.event_sub_processes:
            if each.watches_conditions and each.start is not None and each.start.element_id not in waiting:
                each.arm(token)

    def undone_by(self, token: Token) -> dict[str, Any] | None:
        """Without a handler of its own it is undone inside."""
        record = super().undone_by(token)
        inner = token.memory.get(MEMORY, [])
        if record is None and (inner or self.undoing is not None):
            record = {"of": self.element_id, "handler": self.name, "inner": inner}
        return record

    @property
    def undoing(self) -> EventSubProcess | None:
        """The event sub-process inside that is started by compensation."""
        for each in self.event_sub_processes:
            if each.start is not None and any(definition.kind == "compensate" for definition in each.start.definitions):
                return each
        return None

    def perform(self, token: Token) -> bool | None:
        if token.memory.get("compensating"):
            return self._undo(token)
        start: str | None = token.memory.get("start")
        memory = {"happened": True} if start else {}
        for spec in reversed(self.starts(start)):
            token.workflow.add_token(spec, token, memory=memory)
        return None if token._children else True

    def _undo(self, token: Token) -> bool | None:
        if self.undoing is not None:
            self.undoing.happened(token, None, {})
        else:
            compensate(token, within=token)
        return None if token._children else True

    def _update(self, my_task: Token) -> None:
        if my_task.memory.get("compensating"):
            # It is not entered again, it is undone.
            my_task._set_state(TaskState.READY)
        else:
            super()._update(my_task)

    def _on_complete(self, my_task: Token) -> None:
        if my_task.memory.get("compensating"):
            my_task.workflow.leave(my_task, [], "undone")
        else:
            super()._on_complete(my_task)

    def starts(self, start: str | None) -> list[ElementSpec]:
        """Where tokens begin: at the given start event, else at plain ones, else at what nothing leads to (13.2)."""
        names = [start] if start else self.start_ids or self.event_start_ids[:1]
        found = [self.process.task_specs[name] for name in names if name in self.process.task_specs]
        if start and not found:
            raise ElementFailure("no-start", f"There is no start event {start!r} in “{self.title}”.")
        return found

    def catches(self, token: Token, code: str | None, kind: str, came_from: Token | None) -> Any:
        """An event sub-process inside, else a boundary event. None of them catches what it throws itself."""
        thrower = came_from.task_spec if came_from is not None else None
        if thrower not in self.event_sub_processes:
            fitting = [
                e for e in self.event_sub_processes if e.start is not None and e.start.catches_thrown(kind, code)
            ]
            exact = [e for e in fitting if e.start is not None and not e.start.catches_any]
            if fitting:
                return (exact or fitting)[0]
        return super().catches(token, code, kind, came_from)


def _declared(node: m.Process | m.SubProcess, c: Compilation) -> Iterator[tuple[str, Evaluator]]:
    """The data objects that begin with a value, as variables."""
    for element in node.flow_elements:
        value = c.evaluator(c.execution(element).initial) if isinstance(element, m.DataObject) else None
        name = element.name or element.id
        if value is not None and name:
            yield name, value


def _starts(node: m.Process | m.SubProcess, c: Compilation) -> tuple[list[str], list[str]]:
    """The names of the specs where tokens begin, and those of start events that wait for something."""
    plain: list[str] = []
    waiting: list[str] = []
    implicit: list[str] = []
    for element in node.flow_elements:
        if isinstance(element, m.StartEvent):
            (waiting if c.definitions_of(element) else plain).append(c.name_of(element))
        elif isinstance(element, (m.EventBasedGateway, m.ReceiveTask)) and element.instantiate:
            waiting.extend(
                c.targets_of(element) if isinstance(element, m.EventBasedGateway) else [c.entry_name(element)]
            )
        elif isinstance(element, m.FlowNode) and not c.into(element.id) and not _begins_elsewhere(element, c):
            implicit.append(c.entry_name(element))
    if not plain and not waiting:
        return implicit, []
    return plain, waiting


def _begins_elsewhere(element: m.FlowNode, c: Compilation) -> bool:
    """A boundary event, event sub-process, compensation handler or link target is no implicit start."""
    if isinstance(element, m.BoundaryEvent):
        return True
    if isinstance(element, m.SubProcess) and element.triggered_by_event:
        return True
    if isinstance(element, m.IntermediateCatchEvent):
        return any(isinstance(d, m.LinkEventDefinition) for d in c.definitions_of(element))
    return isinstance(element, m.Activity) and bool(element.is_for_compensation)
