"""Send task (BPMN 2.0, 10.3.3): sends its message and goes on; a vendor's send task may be a program's work instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from engine.elements.messages import MessageOut
from engine.elements.service_task import ServiceTask
from engine.judgement import RUNS, Judgement

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class SendTask(ServiceTask):
    def __init__(self, process: ProcessSpec, node: m.SendTask, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.message = MessageOut(node, node.message_ref, c)

    def judge(self) -> Judgement:
        if self.service.declared or self.service.binding is not None:
            return super().judge()
        if self.message.nameless and not self.process.guided:
            return Judgement(
                "will_not_run", "It names no message.", "Give it a message, or deploy it as guided.", "no-message"
            )
        return RUNS

    def perform(self, token: Token) -> bool | None:
        if self.service.declared or self.service.binding is not None:
            return super().perform(token)
        self.message.send(token)
        return True
