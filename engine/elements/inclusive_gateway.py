"""Inclusive gateway (BPMN 2.0, 10.6.3 and 13.4.3): every true flow; joined when no other token can still arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.elements.gateway import DecidingGateway
from engine.spiff.element_spec import ElementSpec

if TYPE_CHECKING:
    from engine.spiff.token import Token


class InclusiveGateway(DecidingGateway):
    keeps_flow = True
    multiple = True
    _reach: dict[str, frozenset[str]] | None = None

    def _update_hook(self, my_task: Token) -> bool:
        if len(self.incoming) > 1 and not my_task.memory.get("joined"):
            my_task.rest()
            self.restored(my_task)
            return False
        return super()._update_hook(my_task)

    def restored(self, token: Token) -> None:
        if not token.memory.get("joined") and not token.memory.get("asked"):
            waiting = token.workflow.joins.setdefault((token._parent or 0, self.name), [])
            if token not in waiting:
                waiting.append(token)

    def left_waiting(self, token: Token) -> None:
        key = (token._parent or 0, self.name)
        waiting = token.workflow.joins.get(key, [])
        if token in waiting:
            waiting.remove(token)
        if not waiting:
            token.workflow.joins.pop(key, None)

    def settle(self, waiting: list[Token]) -> bool:
        """Join one token of each flow that has any, unless one on the way can reach a flow that has none."""
        workflow = waiting[0].workflow
        arrived = {token.memory.get("flow") for token in waiting}
        empty = [flow for flow in self.incoming if flow.id not in arrived]
        if empty:
            reach = self._reachable()
            parent = waiting[0].parent
            others = [t for t in parent.children if t.task_spec is not self] if parent is not None else []
            if any(other.task_spec.name in reach[flow.id] for other in others for flow in empty):
                return False
        first: dict[str | None, Token] = {}
        for token in waiting:
            first.setdefault(token.memory.get("flow"), token)
        keep, *merged = first.values()
        for token in merged:
            workflow.remove(token, "completed")
        self.left_waiting(keep)
        keep.remember(joined=True)
        workflow.resume(keep)
        return True

    def _reachable(self) -> dict[str, frozenset[str]]:
        """For each incoming flow, the elements from which a token can reach it without passing this gateway."""
        if self._reach is None:
            specs = self.process.task_specs
            found: dict[str, frozenset[str]] = {}
            for flow in self.incoming:
                seen: set[str] = set()
                stack = [flow.source]
                while stack:
                    name = stack.pop()
                    if name in seen or name == self.name:
                        continue
                    seen.add(name)
                    spec: ElementSpec = specs[name]
                    stack.extend(incoming.source for incoming in spec.incoming)
                    stack.extend(host for host in getattr(spec, "hosts", ()))
                found[flow.id] = frozenset(seen)
            self._reach = found
        return self._reach
