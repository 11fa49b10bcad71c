"""What joining gateways share (BPMN 2.0, 13.4.1 and 13.4.3): the tokens that wait there, and who could still come."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from engine.elements.flow_node import FlowNode
from engine.spiff.element_spec import Flow

if TYPE_CHECKING:
    from engine.spiff.token import Token


class Join(FlowNode):
    """Tokens that wait are kept by the scope they are in and the gateway they are at."""

    keeps_flow: ClassVar[bool] = True
    _reach: dict[str, frozenset[str]] | None = None

    def waiting_with(self, token: Token) -> list[Token]:
        return token.workflow.joins.setdefault((token._parent or 0, self.name), [])

    def restored(self, token: Token) -> None:
        if token.memory.get("arrived"):
            self.arrive(token)

    def arrive(self, token: Token) -> None:
        """It waits for the others now, not for a turn."""
        waiting = self.waiting_with(token)
        if token not in waiting:
            waiting.append(token)
            # In the order in which they will be loaded again.
            waiting.sort(key=lambda other: other.id)

    def left_waiting(self, token: Token) -> None:
        waiting = self.waiting_with(token)
        if token in waiting:
            waiting.remove(token)
        if not waiting:
            token.workflow.joins.pop((token._parent or 0, self.name), None)

    def one_of_each(self, waiting: list[Token]) -> dict[str | None, Token]:
        """The first token that came along each flow."""
        first: dict[str | None, Token] = {}
        for token in waiting:
            first.setdefault(token.memory.get("flow"), token)
        return first

    def merge(self, tokens: list[Token], keep: Token) -> None:
        """Of the joined tokens one goes on."""
        for token in tokens:
            self.left_waiting(token)
            if token is not keep:
                token.workflow.remove(token, "completed")

    def join_what_came(self, waiting: list[Token]) -> bool:
        """Join what has come, though not along every flow."""
        first = list(self.one_of_each(waiting).values())
        self.merge(first, first[0])
        first[0].forget("arrived")
        first[0].remember(joined=True)
        first[0].workflow.resume(first[0])
        return True

    def can_still_come(self, waiting: list[Token], *, stuck: bool) -> bool:
        """Whether a token on its way can reach a flow along which none has come yet.

        `stuck`: joins that wait only for each other would wait for ever; tokens at such joins are on no way.
        """
        if not stuck:
            return bool(self.awaited(waiting))
        seen: set[str] = {self.name}
        pending = self.awaited(waiting)
        while pending:
            token = pending.pop()
            join = token.task_spec
            if not isinstance(join, Join) or not token.memory.get("arrived"):
                return True
            if join.name not in seen:
                seen.add(join.name)
                pending.extend(join.awaited(join.waiting_with(token)))
        return False

    def awaited(self, waiting: list[Token]) -> list[Token]:
        """The tokens elsewhere that can reach a flow along which none has come yet."""
        arrived = self.one_of_each(waiting)
        empty = [flow for flow in self.incoming if flow.id not in arrived]
        parent = waiting[0].parent
        if not empty or parent is None:
            return []
        reach = self._reachable()
        return [other for other in parent._children.values() if any(self._may_come(other, f, reach) for f in empty)]

    def _may_come(self, other: Token, flow: Flow, reach: dict[str, frozenset[str]]) -> bool:
        """Whether the token can reach the flow; one that waits here for its turn has come along its own."""
        if other.task_spec is not self:
            return other.task_spec.name in reach[flow.id]
        return other.memory.get("flow") == flow.id and not other.memory.get("joined")

    def _reachable(self) -> dict[str, frozenset[str]]:
        """For each incoming flow, the elements from which a token can reach it without passing this gateway."""
        if self._reach is None:
            specs = self.process.task_specs
            jumps: dict[str, list[str]] = {}
            for spec in specs.values():
                for target in spec.jumps_to:
                    jumps.setdefault(target, []).append(spec.name)
            found: dict[str, frozenset[str]] = {}
            for flow in self.incoming:
                seen: set[str] = set()
                stack = [flow.source]
                while stack:
                    name = stack.pop()
                    if name in seen or name == self.name:
                        continue
                    seen.add(name)
                    spec = specs[name]
                    stack.extend(incoming.source for incoming in spec.incoming)
                    stack.extend(getattr(spec, "hosts", ()))
                    stack.extend(jumps.get(name, ()))
                found[flow.id] = frozenset(seen)
            self._reach = found
        return self._reach
