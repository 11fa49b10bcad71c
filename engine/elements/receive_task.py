"""Receive task (BPMN 2.0, 10.3.3): the token rests until its message comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from engine.elements.activity import Activity
from engine.elements.messages import MessageIn, Received
from engine.judgement import RUNS, Judgement, person

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class ReceiveTask(Activity):
    def __init__(self, process: ProcessSpec, node: m.ReceiveTask, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, node, c, name)
        self.message = MessageIn(node, node.message_ref, c)
        # As a start event has them: a receive task may start its process (10.3.3, instantiate).
        self.definitions = [Received(self.message)]

    def judge(self) -> Judgement:
        if not self.message.nameless:
            return RUNS
        if self.process.guided:
            return person("It names no message, so a person says when it came.", "no-message")
        return Judgement(
            "will_not_run", "It names no message.", "Give it a message, or deploy it as guided.", "no-message"
        )

    def arm(self, token: Token) -> None:
        """Wait for the message; also for an event-based gateway before it."""
        self.message.wait(token, self)

    def perform(self, token: Token) -> bool | None:
        if token.memory.get("happened"):
            return True
        self.arm(token)
        return None
