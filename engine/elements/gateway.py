"""What gateways that decide share (BPMN 2.0, 10.6): where the model gives no condition, a person is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from bpmn import model as m
from engine.elements.flow_node import FlowNode
from engine.elements.question import answered, ask_way, is_asked, names_of_ways
from engine.expressions import ExpressionError
from engine.judgement import RUNS, Judgement, person
from engine.spiff.element_spec import Flow
from engine.spiff.failures import ElementFailure
from engine.spiff.waits import Entry, close_waits

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class DecidingGateway(FlowNode):
    """`multiple`: whether several flows may be taken."""

    multiple: ClassVar[bool] = False

    def __init__(self, process: ProcessSpec, node: m.Gateway, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.guided = c.guided
        self.may_ask = c.guided or c.is_plain

    def flows_ready(self) -> None:
        """All flows are connected: is there one without a condition to decide by?"""
        undecided = [flow for flow in self.outgoing if flow.condition is None and not flow.is_default]
        unreadable = [flow for flow in self.outgoing if flow.condition is not None and flow.condition.error is not None]
        several = len(self.outgoing) > 1
        self.manual = self.may_ask and several and (bool(undecided) or (self.guided and bool(unreadable)))

    def _update_hook(self, my_task: Token) -> bool:
        self.open(my_task)
        undecided = len(self.outgoing) > 1 and "chosen" not in my_task.memory and "asked" not in my_task.memory
        if undecided and (self.manual or (self.guided and not self._decidable(my_task))):
            ask_way(my_task, self, multiple=self.multiple)
        return True

    def judge(self) -> Judgement:
        if not self.manual:
            return RUNS
        names = ", ".join(f"“{name}”" for name in names_of_ways(self).values())
        return person(f"The model gives no condition, so a person chooses: {names}.", "question")

    def waits_for_person(self, token: Token) -> bool:
        return is_asked(token)

    def choose(self, token: Token) -> list[Flow]:
        return answered(token, self) or self.decide(token)

    def decide(self, token: Token) -> list[Flow]:
        """The flows that the conditions choose."""
        return super().choose(token)

    def triggered(self, token: Token, entry: Entry, variables: dict[str, Any]) -> None:
        """A person has answered."""
        if entry.purpose != "question":
            super().triggered(token, entry, variables)
            return
        close_waits(token, how="completed")
        token.data.update(variables)
        token.run()

    def _decidable(self, token: Token) -> bool:
        try:
            self.decide(token)
        except (ExpressionError, ElementFailure):
            return False
        return True
