"""What the two kinds of loops share (BPMN 2.0, 10.3.8): the activity around the items, which counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.activity import Activity
from engine.elements.compensation import hand_on

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class LoopBody(Activity):
    """Boundary events and asynchronous turns are here; the activity itself is `inner`, once for each item.

    Its scope has the counts that expressions of the items and of the boundary events see.
    """

    own_scope = True
    is_loop = True

    def __init__(self, process: ProcessSpec, node: m.Activity, c: Compilation, inner: Activity) -> None:
        super().__init__(process, node, c, c.entry_name(node))
        self.inner = inner
        inner.item_of = self
        # What the activity declares for itself belongs to each item; the turn before and after belongs to the body.
        self.mappings.inputs, self.mappings.outputs = [], []
        self.listeners = inner.listeners.none()
        if c.dialect in ("flowable", "activiti"):
            # In Flowable each item has a turn before (async), and all of them one after (asyncLeave).
            self.async_before, inner.async_after = False, False
            return
        inner.async_before, inner.async_after = False, False
        loop = c.execution(node.loop_characteristics) if node.loop_characteristics is not None else None
        if loop is not None:
            inner.async_before, inner.async_after = loop.async_before, loop.async_after

    def add_item(self, token: Token, index: int, variables: dict[str, Any]) -> None:
        """Start the item of that index in a scope of its own."""
        item = token.workflow.add_token(self.inner, token, token.scope)
        item.scope = token.workflow.add_scope(token.instance.id, token.scope, item.id)
        item.scope.set("loopCounter", index)
        for name, value in variables.items():
            item.scope.set(name, value)

    def watch_conditions(self, token: Token) -> None:
        self.restored(token)
        super().watch_conditions(token)

    def restored(self, token: Token) -> None:
        if token.scope.token == token.id:
            token.scope.computed = lambda: self.counts(token)

    def counts(self, body: Token) -> dict[str, int]:
        memory = body.memory
        return {
            "nrOfInstances": memory.get("total", 0),
            "nrOfCompletedInstances": memory.get("completed", 0),
            "nrOfActiveInstances": len(body._children),
        }

    def item_done(self, item: Token) -> None:
        """An item has completed: decide what comes next, then take it out."""
        body = item.parent
        assert body is not None
        body.remember(completed=body.memory.get("completed", 0) + 1)
        finished = self.finished(item, body)
        item.workflow.remove(item, "completed")
        if finished:
            for other in body.children:
                item.workflow.cancel_token(other)
        else:
            self.continue_loop(body)
        if not body._children:
            body.remember(done=True)
            item.workflow.pending.append(body)

    def finished(self, item: Token, body: Token) -> bool:
        """Whether the loop ends with this item, whatever is left."""
        return False

    def undone_by(self, token: Token) -> None:
        """Its items are undone, each of them."""
        hand_on(token)

    def continue_loop(self, body: Token) -> None:
        """Start the next item, where they come one by one."""
