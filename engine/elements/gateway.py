"""What gateways that decide share (BPMN 2.0, 10.6): where the model gives no condition, a person is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.person import ask
from engine.expressions import ExpressionError
from engine.spiff.element_spec import ElementSpec, Flow
from engine.spiff.failures import ElementFailure
from engine.spiff.waits import Entry, close_waits

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class DecidingGateway(ElementSpec):
    """`multiple`: whether several flows may be taken."""

    multiple = False

    def __init__(self, process: ProcessSpec, node: m.Gateway, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.guided = c.guided
        self.may_ask = c.guided or c.dialect in ("bpmn", "drawing", "spiffworkflow")

    def flows_ready(self) -> None:
        """All flows are connected: is there one without a condition to decide by?"""
        undecided = [flow for flow in self.outgoing if flow.condition is None and not flow.is_default]
        unreadable = [flow for flow in self.outgoing if flow.condition is not None and flow.condition.error is not None]
        several = len(self.outgoing) > 1
        self.manual = self.may_ask and several and (bool(undecided) or (self.guided and bool(unreadable)))

    def _update_hook(self, my_task: Token) -> bool:
        if len(self.outgoing) > 1 and not my_task.memory.get("chosen") and not my_task.memory.get("asked"):
            if self.manual or (self.guided and not self._decidable(my_task)):
                self._question(my_task)
        return True

    def waits_for_person(self, token: Token) -> bool:
        return bool(token.memory.get("asked")) and "chosen" not in token.memory

    def choose(self, token: Token) -> list[Flow]:
        chosen = token.memory.get("chosen")
        if chosen is not None:
            return [flow for flow in self.outgoing if flow.id in chosen]
        return self.decide(token)

    def decide(self, token: Token) -> list[Flow]:
        """The flows that the conditions choose."""
        return super().choose(token)

    def triggered(self, token: Token, entry: Entry, variables: dict[str, Any]) -> None:
        """A person has answered."""
        close_waits(token, how="completed")
        token.data.update(variables)
        token.run()

    def _decidable(self, token: Token) -> bool:
        try:
            self.decide(token)
        except (ExpressionError, ElementFailure):
            return False
        return True

    def _question(self, token: Token) -> None:
        targets = self.process.task_specs
        options = [
            {"id": flow.id, "name": flow.name or targets[flow.target].title, "default": flow.is_default}
            for flow in self.outgoing
        ]
        ask(token, self, "question", form={"options": options, "multiple": self.multiple})
        token.remember(asked=True)
