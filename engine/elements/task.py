"""Task, abstract (BPMN 2.0, 10.3.3): passes in an executable process; guided, it is a human task of its lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from engine.elements.activity import Activity
from engine.elements.apart import Apart
from engine.elements.messages import MessageOut
from engine.elements.person import Assignee, ask, form_of
from engine.expressions import ExpressionError
from engine.judgement import Judgement, person
from engine.runtime.records import UserTaskRecord

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class Task(Activity):
    def __init__(self, process: ProcessSpec, node: m.Activity, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        details = c.execution(node)
        self.manual = c.guided
        self.form = details.form
        self.assignee = Assignee(details, c)
        self.apart = Apart(node, c)
        # A drawing's task sends what its message flow carries; a suite's has an element of its own for that.
        self.message = MessageOut(node, None, c) if c.guided and c.receivers(node.id) else None

    def _on_ready_hook(self, my_task: Token) -> None:
        if self.manual and not self.is_skipped(my_task) and not my_task.memory.get("waiting"):
            self.offer(my_task)

    def waits_for_person(self, token: Token) -> bool:
        return (
            bool(self.manual) and "waiting" in token.memory and not token.memory.get("done")
        ) or super().waits_for_person(token)

    def _on_complete_hook(self, my_task: Token) -> None:
        if self.message is not None:
            self.message.send(my_task)

    def judge(self) -> Judgement:
        if not self.manual:
            return Judgement("runs", "It has no effect of its own and is passed.", code="abstract")
        who = f"somebody of “{self.lane}”" if self.lane else "a person"
        return person(f"What is done here is not said, so {who} does it.", "abstract-task")

    def offer(self, token: Token) -> UserTaskRecord:
        """Put the task into the task list; it is there once, however often the token becomes ready."""
        try:
            form = form_of(self.form, token)
        except ExpressionError:
            # Guided, nobody set the variables that a suite would have.
            if not self.process.guided:
                raise
            form = None
        self.apart.check()
        record = ask(token, self, "task", self.assignee, form, self.apart.of(token))
        token.remember(waiting=True)
        return record
