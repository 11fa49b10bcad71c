"""Complex gateway (BPMN 2.0, 10.6.5 and 13.4.5): joins when its activation condition is met, takes every true flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.inclusive_gateway import InclusiveGateway
from engine.elements.join import Join
from engine.judgement import Judgement, worst

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class ComplexGateway(InclusiveGateway):
    """The condition sees `activationCount`, the number of tokens that have come. Without one it joins as inclusive.

    Tokens that come after it has been activated are taken in, one along each flow that had none, before it waits anew
    (13.4.5: `waitingForStart`); they take no flow.
    """

    def __init__(self, process: ProcessSpec, node: m.ComplexGateway, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.activation = c.expression(node.activation_condition)

    def _update_hook(self, my_task: Token) -> bool:
        if self.activation is None or len(self.incoming) < 2 or my_task.memory.get("joined"):
            return super()._update_hook(my_task)
        scope_token = my_task.parent
        assert scope_token is not None
        late = dict(scope_token.memory.get("late", {}))
        owed = list(late.get(self.name, ()))
        if my_task.memory.get("flow") in owed:
            owed.remove(my_task.memory["flow"])
            scope_token.remember(late={**late, self.name: owed})
            my_task.workflow.leave(my_task, [])
            return False
        self.arrive(my_task)
        waiting = list(self.waiting_with(my_task))
        if not self._is_met(my_task, len(waiting)):
            my_task.remember(arrived=True)
            my_task.rest()
            return False
        came = {token.memory.get("flow") for token in waiting}
        owed = [flow.id for flow in self.incoming if flow.id not in came]
        scope_token.remember(late={**late, self.name: owed})
        self.merge(waiting, my_task)
        my_task.remember(joined=True)
        return super()._update_hook(my_task)

    def settle(self, waiting: list[Token], *, stuck: bool) -> bool:
        """With a condition it goes on when that is met, and not before; guided, when nobody else can come."""
        if self.activation is not None and not self.process.guided:
            return False
        return super().settle(waiting, stuck=stuck)

    def judge(self) -> Judgement:
        return worst(super().judge(), Join.judge(self))

    def _is_met(self, token: Token, count: int) -> bool:
        assert self.activation is not None
        extra: dict[str, Any] = {"activationCount": count}
        return self.activation.is_true(token, extra)
