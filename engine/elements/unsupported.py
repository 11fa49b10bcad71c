"""An element that does not run yet: reached, it stops with an incident that names it; guided, a person does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from engine.elements.task import Task
from engine.judgement import Judgement, person
from engine.spiff.failures import ElementFailure

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class Unsupported(Task):
    def __init__(self, process: ProcessSpec, node: m.Activity, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.what = type(node).__name__

    def judge(self) -> Judgement:
        if self.manual:
            return person(f"A {self.what} does not run yet; a person does it.", "not-supported")
        return Judgement(
            "will_not_run",
            f"A {self.what} does not run yet.",
            "Deploy it as guided, or draw it otherwise.",
            "not-supported",
        )

    def perform(self, token: Token) -> bool | None:
        if self.manual:
            return True
        raise ElementFailure(
            "not-supported",
            f"“{self.title}” is a {self.what}, which does not run yet.",
            "Deploy the process as guided, so that a person does it, or draw it otherwise.",
        )
