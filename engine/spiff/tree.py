"""The open tokens of a root with their scopes and instances, numbered as they come, and the history of it.

What is done leaves the tree and lives on in the history, so a step costs what it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.runtime.records import EventRecord, InstanceRecord
from engine.spiff.bounds import Bounds
from engine.spiff.chain import Chain
from engine.spiff.changes import Changes
from engine.spiff.element_spec import ElementSpec, Flow
from engine.spiff.library import Library
from engine.spiff.process_spec import ProcessSpec
from engine.spiff.scope import Scope, Touch
from engine.spiff.token import Token
from engine.spiff.waits import Entry, close_waits


class TokenTree(BpmnWorkflow):
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
        self.used: dict[int, Scope] = {}
        self.conditional: set[int] = set()
        self.met: list[tuple[Token, Entry]] = []
        self.counter = 0
        self.event_count = 0
        self.changes = Changes()

    def begin(self, now: datetime, actor: str | None, failures: Literal["incident", "raise"], chain: Chain) -> None:
        """Start a command: at that time, by that actor, with failures kept as incidents or raised to the caller.

        `chain`: what led to it, with no person and no time between.
        """
        self.now = now
        self.actor = actor
        self.failures = failures
        self.chain = chain
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
        scope = Scope(self.next_number(), instance_id, parent, token, self.touched, self.used)
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

    def leave(self, token: Token, flows: list[Flow], how: str = "completed") -> None:
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
        self.remove(token, how)
        if parent is None:
            return
        for flow in reversed(flows):
            self.add_token(token.task_spec.process.task_specs[flow.target], parent, scope, flow=flow.id)
        if not parent._children or parent.task_spec.watches_children:
            self.pending.append(parent)

    def remove(self, token: Token, how: str, by: str | None = None) -> None:
        """Take one token and what is its own (waits, scope) out of the tree; `by` which element, if by one."""
        close_waits(token)
        if token.scope.token == token.id:
            self._close_scope(token.scope)
        if token._state == TaskState.WAITING:
            token.task_spec.left_waiting(token)
        del self.tasks[token.id]
        self.conditional.discard(token.id)
        if token._parent is not None and (parent := self.tasks.get(token._parent)) is not None:
            parent._children.pop(token.id, None)
        came = self.changes.token_gone(token)
        token._state = TaskState.CANCELLED if how == "cancelled" else TaskState.COMPLETED
        if how == "cancelled":
            how = "completed" if token.closed else "unbegun" if came is not None and not token.begun else how
        data = {"how": how, "by": by} if by is not None else {"how": how}
        if came is None:
            self.record("token-gone", token.instance.id, element_id=token.task_spec.name, token=token.id, data=data)
        else:
            came.kind = "token-passed"
            came.data = {**(came.data or {}), **data}

    def _close_scope(self, scope: Scope) -> None:
        """The last values of its variables go into the history with it."""
        new, changed, gone = scope.difference()
        for name, text in {**new, **changed}.items():
            self.record("variable-set", scope.instance_id, scope=scope.number, name=name, value=text)
        for name in gone:
            self.record("variable-gone", scope.instance_id, scope=scope.number, name=name)
        del self.scopes[scope.number]
        self.used.pop(scope.number, None)
        self.changes.scope_gone(scope)
        self.record("scope-gone", scope.instance_id, scope=scope.number)

    def cancel_token(self, token: Token, by: str | None = None) -> None:
        """Take a token and all that goes on inside it out of the tree, innermost first; `by` an element, if by one."""
        order, stack = [], [token]
        while stack:
            current = stack.pop()
            order.append(current)
            stack.extend(current._children.values())
        for current in reversed(order):
            current.task_spec._on_cancel(current)
            self.remove(current, "cancelled", by)

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
