"""Intermediate catch event (BPMN 2.0, 10.5.4): the token rests until it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.elements.event import Event
from engine.elements.person import ask_whether_it_happened
from engine.judgement import Judgement, person
from engine.spiff.failures import ElementFailure

if TYPE_CHECKING:
    from engine.spiff.token import Token


class IntermediateCatchEvent(Event):
    def judge(self) -> Judgement:
        if self.definitions:
            return super().judge()
        if self.process.guided:
            return person("What it waits for is not said, so a person says when it happens.", "happened")
        return Judgement(
            "will_not_run",
            "What it waits for is not said.",
            "Give it a message, a timer or another trigger.",
            "no-trigger",
        )

    def _update_hook(self, my_task: Token) -> bool:
        super()._update_hook(my_task)
        if my_task.memory.get("happened") or my_task.memory.get("done"):
            return True
        self.arm(my_task)
        if not my_task.memory.get("waits"):
            return True
        my_task.rest()
        return False

    def arm(self, token: Token) -> None:
        if self.definitions:
            super().arm(token)
        elif self.process.guided:
            ask_whether_it_happened(token, self)
        else:
            raise ElementFailure(
                "no-trigger",
                f"“{self.title}” waits, but not for what.",
                "Give it a message, a timer or another trigger, or deploy the process as guided.",
            )
