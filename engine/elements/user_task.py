"""User task (BPMN 2.0, 10.3.3): a person does it with the software's help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from engine.elements.task import Task
from engine.judgement import Judgement
from engine.runtime.records import UserTaskRecord

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class UserTask(Task):
    def __init__(self, process: ProcessSpec, node: m.Activity, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.manual = True
        # Flowable's task is deleted however it ends, Camunda's only where it is not done.
        self.always_deleted = c.dialect in ("flowable", "activiti")

    def judge(self) -> Judgement:
        return Judgement("runs", by_person=True)

    def offer(self, token: Token) -> UserTaskRecord:
        record = super().offer(token)
        self.listeners.run("create", token, on="task")
        if record.assignee and not token.memory.get("done"):
            self.listeners.run("assignment", token, on="task")
        return record

    def _on_complete_hook(self, my_task: Token) -> None:
        super()._on_complete_hook(my_task)
        self.listeners.run("complete", my_task, on="task")
        if self.always_deleted:
            my_task.forget("waiting")
            self.listeners.run("delete", my_task, on="task")

    def _on_cancel(self, my_task: Token) -> None:
        if my_task.memory.get("waiting") and (self.always_deleted or not my_task.memory.get("done")):
            self.while_cancelled(my_task, lambda: self.listeners.run("delete", my_task, on="task"))
        super()._on_cancel(my_task)

    def changed(self, token: Token, event: str) -> None:
        """Somebody was assigned, or something else of the open task was changed from outside."""
        self.listeners.run(event, token, on="task")
        if token.is_open and token.memory.get("done"):
            token.run()
