"""A root process instance as a SpiffWorkflow workflow: its open tokens, and the loop that moves them until all wait.

The tree holds open tokens only. What is done leaves it and lives on in the history, so a step costs what it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal, Protocol

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.errors import Refusal
from engine.expressions import ExpressionError
from engine.runtime.records import EventRecord, IncidentRecord, InstanceRecord
from engine.spiff.changes import Changes
from engine.spiff.element_spec import ElementSpec, Flow
from engine.spiff.failures import BpmnError, ElementFailure
from engine.spiff.process_spec import ProcessSpec
from engine.spiff.scope import ASKED, Scope, Touch
from engine.spiff.token import Token
from engine.spiff.waits import Entry, close_waits, entries, open_wait


class Library(Protocol):
    """Where a workflow finds process definitions."""

    def spec(self, definition_id: str) -> ProcessSpec:
        """The compiled process of a definition."""

    def called(self, key: str, binding: str, version: str | None, caller_id: str) -> str:
        """The definition that a call activity of `caller_id` means. Raises NotFound."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of one command; crossing one is an incident, not an endless wait."""

    steps: int = 10_000
    tokens: int = 10_000
    call_depth: int = 50


class ProcessWorkflow(BpmnWorkflow):
    """See module. `now` and `actor` are those of the command being carried out."""

    def __init__(self, root_id: str, library: Library, spec: ProcessSpec, bounds: Bounds | None = None) -> None:
        super().__init__(spec, deserializing=True)
        self.prepare(root_id, library, bounds or Bounds())

    def prepare(self, root_id: str, library: Library, bounds: Bounds) -> None:
        """Set up what SpiffWorkflow's own workflow does not have."""
        self.root_id = root_id
        self.library = library
        self.bounds = bounds
        self.tasks: dict[int, Token] = {}
        self.scopes: dict[int, Scope] = {}
        self.instances: dict[str, InstanceRecord] = {}
        self.bodies: dict[str, Token] = {}
        self.joins: dict[tuple[int, str], list[Token]] = {}
        self.pending: list[Token] = []
        self.touched: list[Touch] = []
        self.conditional: set[int] = set()
        self.met: list[tuple[Token, Entry]] = []
        self.counter = 0
        self.event_count = 0
        self.changes = Changes()
        self.begin(datetime.now(UTC), None, "raise")

    def begin(self, now: datetime, actor: str | None, failures: Literal["incident", "raise"]) -> None:
        """Start a command: at that time, by that actor, with failures kept as incidents or raised to the caller."""
        self.now = now
        self.actor = actor
        self.failures = failures
        self.steps = 0

    # -- numbers and history ----------------------------------------------------------------------------------------

    def next_number(self) -> int:
        self.counter += 1
        return self.counter

    def record(self, kind: str, instance_id: str, **values: Any) -> EventRecord:
        """Add a line to the history."""
        self.event_count += 1
        event = EventRecord(self.event_count, instance_id, self.now, kind, actor=self.actor, **values)
        return self.changes.event(event)

    # -- tokens and scopes ------------------------------------------------------------------------------------------

    def add_scope(self, instance_id: str, parent: Scope | None, token: int | None) -> Scope:
        scope = Scope(self.next_number(), instance_id, parent, token, self.touched)
        self.scopes[scope.number] = scope
        self.changes.new_scopes[scope.number] = scope
        data = {"parent": parent.number} if parent is not None else None
        self.record("scope-new", instance_id, scope=scope.number, token=token, data=data)
        return scope

    def add_token(
        self,
        spec: ElementSpec,
        parent: Token,
        scope: Scope | None = None,
        *,
        flow: str | None = None,
        memory: Mapping[str, Any] | None = None,
    ) -> Token:
        """Put a token at an element inside an activity; it moves when its turn comes."""
        return self.place(spec, parent, scope or parent.scope, parent.instance, flow=flow, memory=memory)

    def place(
        self,
        spec: ElementSpec,
        parent: Token | None,
        scope: Scope,
        instance: InstanceRecord,
        *,
        flow: str | None = None,
        memory: Mapping[str, Any] | None = None,
    ) -> Token:
        remembered = dict(memory or {})
        if flow is not None and spec.keeps_flow:
            remembered["flow"] = flow
        token = Token(self, spec, parent, scope, instance, self.next_number(), memory=remembered)
        data = {"flow": flow} if flow else {}
        event = self.record(
            "token-new", instance.id, element_id=spec.name, token=token.id, scope=scope.number, data=data
        )
        self.changes.token_new(token, event)
        self.pending.append(token)
        return token

    def add_instance(
        self, instance: InstanceRecord, spec: ProcessSpec, caller: Token | None, memory: Mapping[str, Any] | None = None
    ) -> Token:
        """Begin a process instance; the token that stands for it."""
        self.instances[instance.id] = instance
        self.changes.new_instances[instance.id] = instance
        self.record(
            "instance-started",
            instance.id,
            data={
                "definition_id": instance.definition_id,
                "key": instance.key,
                "parent_id": instance.parent_id,
                "parent_token": instance.parent_token,
                "business_key": instance.business_key,
                "conversation": instance.conversation,
            },
        )
        scope = self.add_scope(instance.id, None, None)
        body = self.place(spec.start, caller, scope, instance, memory=memory)
        scope.token = body.id
        self.bodies[instance.id] = body
        return body

    def leave(self, token: Token, flows: list[Flow]) -> None:
        """The token's element is done: it moves on along the flows; where there is none its scope may be done too."""
        for flow in flows:
            if flow.taken is not None:
                flow.taken(token)
        self.look_at_conditions()
        if not token.is_open:
            return
        parent, scope = token.parent, token.scope
        if scope.token == token.id:
            scope = scope.parent or scope
        self.remove(token, "completed")
        if parent is None:
            return
        for flow in reversed(flows):
            self.add_token(token.task_spec.process.task_specs[flow.target], parent, scope, flow=flow.id)
        if not parent._children:
            self.pending.append(parent)

    def remove(self, token: Token, how: str) -> None:
        """Take one token and what is its own (waits, scope) out of the tree."""
        close_waits(token)
        if token.scope.token == token.id:
            self._close_scope(token.scope)
        if token._state == TaskState.WAITING:
            token.task_spec.left_waiting(token)
        del self.tasks[token.id]
        self.conditional.discard(token.id)
        if token._parent is not None and (parent := self.tasks.get(token._parent)) is not None:
            parent._children.pop(token.id, None)
        token._state = TaskState.COMPLETED if how == "completed" else TaskState.CANCELLED
        came = self.changes.token_gone(token)
        if came is None:
            self.record(
                "token-gone", token.instance.id, element_id=token.task_spec.name, token=token.id, data={"how": how}
            )
        else:
            came.kind = "token-passed"
            came.data = {**(came.data or {}), "how": how}

    def _close_scope(self, scope: Scope) -> None:
        """The last values of its variables go into the history with it."""
        new, changed, gone = scope.difference()
        for name, text in {**new, **changed}.items():
            self.record("variable-set", scope.instance_id, scope=scope.number, name=name, value=text)
        for name in gone:
            self.record("variable-gone", scope.instance_id, scope=scope.number, name=name)
        del self.scopes[scope.number]
        self.changes.scope_gone(scope)
        self.record("scope-gone", scope.instance_id, scope=scope.number)

    def cancel_token(self, token: Token) -> None:
        """Take a token and all that goes on inside it out of the tree, innermost first."""
        order, stack = [], [token]
        while stack:
            current = stack.pop()
            order.append(current)
            stack.extend(current._children.values())
        for current in reversed(order):
            current.task_spec._on_cancel(current)
            self.remove(current, "cancelled")

    def end_instance(
        self, instance: InstanceRecord, state: Literal["completed", "failed", "cancelled"], reason: str | None = None
    ) -> None:
        if instance.state != "running":
            return
        instance.state = state
        instance.ended_at = self.now
        instance.end_reason = reason
        self.bodies.pop(instance.id, None)
        self.changes.instance_changed(instance)
        self.record("instance-ended", instance.id, data={"state": state, "reason": reason})

    # -- moving -----------------------------------------------------------------------------------------------------

    def advance(self) -> None:
        """Move tokens, the latest first, until each of them waits for something outside."""
        while True:
            while self.pending:
                self._move(self.pending.pop())
            if not self._settle():
                return

    def _move(self, token: Token) -> None:
        if token.id not in self.tasks:
            return
        if token._state == TaskState.STARTED:
            if not token._children:
                self.guard(token, lambda: token.task_spec.children_done(token))
        elif token._state == TaskState.FUTURE:
            self.steps += 1
            if self.steps > self.bounds.steps or len(self.tasks) > self.bounds.tokens:
                self._park(token)
            else:
                self.guard(token, lambda: self._enter(token))

    def _enter(self, token: Token) -> None:
        spec = token.task_spec
        spec._update(token)
        if token._state == TaskState.READY and not spec.waits_for_person(token):
            token.run()

    def guard(self, token: Token, act: Callable[[], Any]) -> None:
        """Carry out a piece of an element; what fails in it goes to its handler or becomes an incident."""
        from engine.spiff.throwing import throw_error

        try:
            act()
        except BpmnError as error:
            throw_error(token, error)
        except (ElementFailure, ExpressionError, Refusal) as failure:
            if self.failures == "raise":
                raise
            self.stop(token, as_failure(failure))

    def stop(self, token: Token, failure: ElementFailure, job: int | None = None) -> None:
        """Stop a token with an incident; it goes on when the incident is retried."""
        if token.id not in self.tasks:
            token = self.bodies[token.instance.id]
        incident = IncidentRecord(
            number=self.next_number(),
            instance_id=token.instance.id,
            element_id=token.task_spec.element_id,
            created_at=self.now,
            code=failure.code,
            reason=failure.reason,
            fix=failure.fix,
            token=token.id,
            job=job,
            expression=failure.expression,
        )
        open_wait(token, incident, token.task_spec.element_id, "incident")
        self.record(
            "incident-opened",
            token.instance.id,
            element_id=token.task_spec.element_id,
            token=token.id,
            data={"number": incident.number, "code": failure.code, "reason": failure.reason},
        )
        if token._state != TaskState.STARTED:
            token.rest()

    def _park(self, token: Token) -> None:
        limit = f"{self.bounds.steps} steps" if self.steps > self.bounds.steps else f"{self.bounds.tokens} tokens"
        for other in self.pending:
            if other._state == TaskState.FUTURE:
                other.remember(parked=True)
                other.rest()
        self.pending.clear()
        failure = ElementFailure(
            "too-many-steps",
            f"One command would take more than {limit}.",
            "Look for a loop that never waits; then retry to let it go on, or cancel the instance.",
        )
        if self.failures == "raise":
            raise failure
        self.stop(token, failure)

    def resume(self, token: Token) -> None:
        """Let a stopped token try again, and with it all that were parked."""
        parked = [t for t in self.tasks.values() if t.memory.get("parked")]
        for other in parked:
            other.forget("parked")
        for again in [*parked, token]:
            if again._state == TaskState.STARTED:
                self.pending.append(again)
            else:
                again._set_state(TaskState.FUTURE)
                self.pending.append(again)

    def look_at_conditions(self, *, asked: bool = False) -> None:
        """Let conditional events happen whose variables have changed, or that were met when they began to wait.

        `asked`: look at all of them, whether anything has changed or not.
        """
        if not self.conditional:
            self.touched.clear()
            return
        touched = ASKED if asked else list(self.touched)
        self.touched.clear()
        met, self.met = self.met, []
        for number in sorted(self.conditional) if asked or touched else ():
            token = self.tasks[number]
            for entry in entries(token):
                spec = token.task_spec.process.task_specs[entry.element_id]
                if entry.kind == "condition" and spec.condition_met(token, touched) and (token, entry) not in met:
                    met.append((token, entry))
        for token, entry in met:
            if token.is_open and entry in entries(token):
                spec = token.task_spec.process.task_specs[entry.element_id]
                self.guard(token, partial(happen, token, entry, spec, {}))

    def _settle(self) -> bool:
        """When nothing moves any more, see which conditions are met and which joins no further token can reach."""
        if self.touched or self.met:
            self.look_at_conditions()
            if self.pending:
                return True
        for stuck in (False, True):
            for key in list(self.joins):
                waiting = self.joins.get(key)
                if waiting and waiting[0].task_spec.settle(waiting, stuck=stuck):
                    return True
        return False

    # -- SpiffWorkflow's own face -----------------------------------------------------------------------------------

    def _do_engine_steps(self, will_complete_task: Any = None, did_complete_task: Any = None) -> int:
        self.advance()
        return 0

    def refresh_timers(self) -> None:
        """Timers are jobs here; nothing is polled."""

    def update_waiting_tasks(self) -> None:
        """Waiting tokens are woken by what they wait for; nothing is polled."""

    def is_completed(self) -> bool:
        return not self.tasks

    @property
    def completed(self) -> bool:
        return "tasks" in self.__dict__ and not self.tasks

    @completed.setter
    def completed(self, value: bool) -> None:
        """Derived from the tokens; SpiffWorkflow's constructor sets it all the same."""


def happen(token: Token, entry: Entry, spec: ElementSpec, variables: dict[str, Any]) -> None:
    """What the token waited for at `spec` has come."""
    if spec is not token.task_spec and token.task_spec.stands_for(token, spec, variables):
        return
    spec.triggered(token, entry, variables)


def as_failure(failure: Exception) -> ElementFailure:
    """Whatever an element met, in the words of an incident."""
    if isinstance(failure, ElementFailure):
        return failure
    if isinstance(failure, ExpressionError):
        return ElementFailure("expression", failure.message, failure.fix, failure.text)
    if isinstance(failure, Refusal):
        return ElementFailure("refused", failure.message, failure.fix)
    return ElementFailure("failed", str(failure))
