"""Ad-hoc sub-process (BPMN 2.0, 10.3.5 and 13.3.5): its activities are done in whatever order somebody starts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from engine.elements.sub_process import SubProcess
from engine.errors import Conflict, NotFound
from engine.judgement import Judgement, person

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class AdHocSubProcess(SubProcess):
    """Its condition is looked at whenever one of them is done; without one it ends when it is told to.

    Guided, all of them are offered at once and it ends when all are done.
    """

    watches_children = True

    def __init__(self, process: ProcessSpec, node: m.AdHocSubProcess, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.guided = c.guided
        self.one_by_one = (node.ordering or "Parallel") == "Sequential"
        self.cancels_rest = node.cancel_remaining_instances is not False
        self.condition = c.expression(node.completion_condition)

    def judge(self) -> Judgement:
        if self.guided:
            return person("All that is in it is offered at once.", "ad-hoc")
        return Judgement("runs", "Programs or operators start its activities, in any order.", code="ad-hoc")

    def perform(self, token: Token) -> bool | None:
        if self.guided:
            return super().perform(token)
        return None

    def begin(self, token: Token, element_id: str) -> None:
        """Start one of its activities."""
        if self.one_by_one and token.children:
            raise Conflict(f"In “{self.title}” one is done after the other.", fix="Wait until what goes on is done.")
        name = next((name for name in self.start_ids if self.process.task_specs[name].element_id == element_id), None)
        if name is None:
            raise NotFound(f"“{self.title}” has nothing called {element_id!r} that could be started.")
        token.workflow.add_token(self.process.task_specs[name], token)

    def check_may_end(self, token: Token) -> None:
        """Raises Conflict where something goes on that the model does not allow to cancel."""
        if token.children and not self.cancels_rest:
            raise Conflict(f"In “{self.title}” something still goes on.", fix="Wait until it is done.")

    def end(self, token: Token) -> None:
        """Nothing more is to be done in it."""
        for child in token.children:
            token.workflow.cancel_token(child)
        token.complete()

    def children_done(self, token: Token) -> None:
        """One of its tokens has gone its way."""
        met = self.condition is not None and self.condition.holds(token)
        if met and (self.cancels_rest or not token.children):
            self.end(token)
        elif not token.children and self.guided:
            token.complete()
