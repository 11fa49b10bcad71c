"""Event-based gateway (BPMN 2.0, 10.6.6 and 13.4.4): waits for all that follows; what happens first takes the token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.elements.flow_node import FlowNode
from engine.elements.intermediate_catch_event import IntermediateCatchEvent
from engine.elements.person import ask_whether_it_happened
from engine.elements.receive_task import ReceiveTask
from engine.judgement import RUNS, Judgement, person
from engine.spiff.failures import ElementFailure
from engine.spiff.waits import close_waits

if TYPE_CHECKING:
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.token import Token


class EventBasedGateway(FlowNode):
    def _update_hook(self, my_task: Token) -> bool:
        self.open(my_task)
        if not self.outgoing:
            return True
        for flow in self.outgoing:
            target = self.process.task_specs[flow.target]
            if isinstance(target, (IntermediateCatchEvent, ReceiveTask)):
                target.arm(my_task)
            elif self.process.guided:
                ask_whether_it_happened(my_task, target)
            else:
                raise ElementFailure(
                    "no-trigger",
                    f"“{self.title}” leads to “{target.title}”, which is nothing to wait for.",
                    "Let it lead to catching events and receive tasks, or deploy the process as guided.",
                )
        my_task.rest()
        return False

    def judge(self) -> Judgement:
        others = [self.process.task_specs[flow.target] for flow in self.outgoing]
        others = [each for each in others if not isinstance(each, (IntermediateCatchEvent, ReceiveTask))]
        if not others:
            return RUNS
        names = ", ".join(f"“{other.title}”" for other in others)
        if self.process.guided:
            return person(f"A person says whether it goes on to {names}.", "happened")
        return Judgement(
            "will_not_run",
            f"It leads to {names}, which is nothing to wait for.",
            "Let it lead to catching events and receive tasks.",
            "no-trigger",
        )

    def stands_for(self, token: Token, target: ElementSpec, variables: dict[str, Any]) -> bool:
        """The target's event came first: the token goes there and through it."""
        specs = self.process.task_specs
        flow = next(flow for flow in self.outgoing if specs[flow.target].element_id == target.element_id)
        token.data.update(target.received(token, variables))
        close_waits(token, how="completed")
        self.close(token)
        parent, scope = token.parent, token.scope
        token.workflow.remove(token, "completed")
        token.workflow.place(specs[flow.target], parent, scope, token.instance, flow=flow.id, memory={"happened": True})
        return True
