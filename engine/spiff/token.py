"""A token (BPMN 2.0, 7.1.1) as a SpiffWorkflow Task: numbered, in a scope, gone when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.spiff.scope import Scope, Variables

if TYPE_CHECKING:
    from engine.runtime.records import InstanceRecord, TokenState
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.workflow import ProcessWorkflow


def state_named(name: str) -> int:
    """SpiffWorkflow's number of a state as records write it."""
    return int(getattr(TaskState, name))


class Token(Task):
    """The parent is the activity or process around it, never its predecessor: the tree is as deep as the nesting.

    `memory` is what an element remembers while its token rests; change it through `remember` and `forget` only.
    """

    def __init__(
        self,
        workflow: ProcessWorkflow,
        task_spec: ElementSpec,
        parent: Token | None,
        scope: Scope,
        instance: InstanceRecord,
        number: int,
        state: int = TaskState.FUTURE,
        memory: dict[str, Any] | None = None,
    ) -> None:
        # Task.__init__ draws a UUID and reads the clock for every task; a token needs neither.
        self.id = number
        self.workflow = workflow
        self.task_spec = task_spec
        self.scope = scope
        self.instance = instance
        self.memory = memory if memory is not None else {}
        self.triggered = False
        # Whether its element has begun, is being closed, and was: what then takes the token away does not undo that.
        self.begun = False
        self.closing = False
        self.closed = False
        self.thread_id = 0
        self.last_state_change = 0.0
        self._state = state
        self._parent = parent.id if parent is not None else None
        self._children: dict[int, Token] = {}
        workflow.tasks[number] = self
        if parent is not None:
            parent._children[number] = self

    @property
    def children(self) -> list[Token]:
        return list(self._children.values())

    @property
    def state_name(self) -> TokenState:
        """The state as records write it."""
        name: TokenState = TaskState.get_name(self._state)
        return name

    @property
    def is_open(self) -> bool:
        return self.id in self.workflow.tasks

    @property
    def data(self) -> Variables:
        """The variables seen from here."""
        return Variables(self.scope)

    @property
    def internal_data(self) -> dict[str, Any]:
        return self.memory

    def remember(self, **values: Any) -> None:
        self.memory.update(values)
        self.workflow.changes.token_changed(self)

    def forget(self, *names: str) -> None:
        for name in names:
            self.memory.pop(name, None)
        self.workflow.changes.token_changed(self)

    def _set_state(self, value: int) -> None:
        if value != self._state:
            self._state = value
            self.workflow.changes.token_changed(self)

    def _ready(self) -> None:
        """SpiffWorkflow readies the first task itself; a token becomes ready when its turn comes."""

    def rest(self) -> None:
        """Wait here until something outside happens."""
        self._set_state(TaskState.WAITING)

    def run(self) -> bool | None:
        """Carry the element out: True when it is done, None when it goes on and completes later."""
        done: bool | None = self.task_spec._run(self)
        if done is None:
            self._set_state(TaskState.STARTED)
        elif self.is_open:
            self.complete()
        return done

    def complete(self) -> None:
        self.task_spec._on_complete(self)

    def cancel(self) -> None:
        self.workflow.cancel_token(self)
