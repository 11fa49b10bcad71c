"""A root as it was loaded: when and by whom it is moved, what waits in it, what has changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, Self

from engine.errors import Conflict, NotFound
from engine.runtime.records import EventRecord, RootState, Step
from engine.runtime.restore import restore
from engine.runtime.stepping import make_step
from engine.spiff.bounds import Bounds
from engine.spiff.chain import NO_CHAIN, Chain
from engine.spiff.library import Library
from engine.spiff.token import Token
from engine.spiff.waits import Entry, entries
from engine.spiff.workflow import ProcessWorkflow, happen

Failures = Literal["incident", "raise"]


class LoadedRoot:
    """What all that moves a root needs to know of it. See root.py for what commands do with it."""

    def __init__(self, root_id: str, library: Library, bounds: Bounds | None = None) -> None:
        self.root_id = root_id
        self.library = library
        self.bounds = bounds
        self.revision: int | None = None
        self.workflow: ProcessWorkflow | None = None
        self._now: datetime | None = None
        self._actor: str | None = None
        self._failures: Failures = "incident"
        self._chain = NO_CHAIN

    @classmethod
    def new(cls, root_id: str, library: Library, now: datetime, actor: str | None) -> Self:
        root = cls(root_id, library)
        root.at(now, actor)
        return root

    @classmethod
    def load(cls, state: RootState, library: Library, now: datetime, actor: str | None) -> Self:
        """The root as storage has it."""
        root = cls(state.root_id, library)
        root.revision = state.revision
        root.workflow = restore(state, library, root.bounds)
        root.at(now, actor)
        return root

    def at(self, now: datetime, actor: str | None, failures: Failures = "incident", chain: Chain = NO_CHAIN) -> None:
        """Begin a command. `failures`: what an element meets becomes an incident, or is raised to the caller.

        `chain`: what led to it, with no person and no time between.
        """
        self._now, self._actor, self._failures, self._chain = now, actor, failures, chain
        if self.workflow is not None:
            self.workflow.begin(now, actor, failures, chain)

    # -- what changed -----------------------------------------------------------------------------------------------

    def step(self) -> Step:
        """The difference since it was loaded or since the last step."""
        return make_step(self._workflow, self.revision)

    def record(self, kind: str, instance_id: str, **values: Any) -> EventRecord:
        """Add a line to the history."""
        return self._workflow.record(kind, instance_id, **values)

    @property
    def event_count(self) -> int:
        return self._workflow.event_count

    @event_count.setter
    def event_count(self, value: int) -> None:
        self._workflow.event_count = value

    # -- inside -----------------------------------------------------------------------------------------------------

    @property
    def _workflow(self) -> ProcessWorkflow:
        if self.workflow is None:
            raise NotFound("This instance has not been started.")
        return self.workflow

    def _waiting(self, token: int, wait: int) -> tuple[Token, Entry]:
        at: Token | None = self._workflow.tasks.get(token)
        for entry in entries(at) if at is not None else ():
            if at is not None and entry.number == wait:
                return at, entry
        raise Conflict(
            "This has been done already, or is not waited for any more.", fix="Look at the instance as it is now."
        )

    def _happen(self, at: Token, entry: Entry, variables: dict[str, Any]) -> None:
        target = at.task_spec
        if entry.element_id != target.element_id:
            target = at.task_spec.process.task_specs[entry.element_id]
        self._workflow.guard(at, lambda: happen(at, entry, target, variables))
        self._workflow.advance()

    def _scope(self, scope: int | str) -> Any:
        if isinstance(scope, str):
            body = self._workflow.bodies.get(scope)
            found = body.scope if body is not None else None
        else:
            found = self._workflow.scopes.get(scope)
        if found is None:
            raise NotFound("There is no such running scope.")
        return found
