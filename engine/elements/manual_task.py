"""Manual task (BPMN 2.0, 10.3.3): done without any software; a person says when it is done, where people are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from engine.elements.task import Task
from engine.judgement import Judgement

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec


class ManualTask(Task):
    """Camunda and Flowable pass through it, so their files do here."""

    def __init__(self, process: ProcessSpec, node: m.Activity, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.manual = c.guided or c.is_plain

    def judge(self) -> Judgement:
        return Judgement("runs", by_person=bool(self.manual))
