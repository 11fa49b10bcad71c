"""User task (BPMN 2.0, 10.3.3): a person does it with the software's help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from engine.elements.task import Task
from engine.judgement import Judgement

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class UserTask(Task):
    def __init__(self, process: ProcessSpec, node: m.Activity, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.manual = True

    def judge(self) -> Judgement:
        return Judgement("runs", by_person=True)

    def offer(self, token: Token) -> None:
        super().offer(token)
        self.listeners.run("create", token, on="task")
        self.listeners.run("assignment", token, on="task")

    def _on_complete_hook(self, my_task: Token) -> None:
        super()._on_complete_hook(my_task)
        self.listeners.run("complete", my_task, on="task")
