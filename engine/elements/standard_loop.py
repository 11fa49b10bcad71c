"""Standard loop marker (BPMN 2.0, 10.3.8): the activity again while its condition is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn import model as m
from engine.elements.loop_body import LoopBody
from engine.judgement import RUNS, Judgement
from engine.spiff.failures import ElementFailure

if TYPE_CHECKING:
    from engine.elements.activity import Activity
    from engine.elements.compilation import Compilation
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.token import Token


class StandardLoop(LoopBody):
    def __init__(self, process: ProcessSpec, node: m.Activity, c: Compilation, inner: Activity) -> None:
        super().__init__(process, node, c, inner)
        characteristics = node.loop_characteristics
        assert isinstance(characteristics, m.StandardLoopCharacteristics)
        self.guided = c.guided
        self.test_before = bool(characteristics.test_before)
        self.maximum = characteristics.loop_maximum
        self.condition = c.expression(characteristics.loop_condition)

    def judge(self) -> Judgement:
        if self.condition is not None or self.maximum is not None:
            return RUNS
        if self.guided:
            return Judgement("guided", "Until when is not said: it is done once.", "", "no-condition")
        return Judgement("will_not_run", "Until when is not said.", "Give it a condition or a maximum.", "no-condition")

    def perform(self, token: Token) -> bool | None:
        if self.test_before and not self._again(token, token):
            return True
        self.add_item(token, 0, {})
        return None

    def finished(self, item: Token, body: Token) -> bool:
        return not self._again(item, body)

    def continue_loop(self, body: Token) -> None:
        self.add_item(body, body.memory["completed"], {})

    def _again(self, at: Token, body: Token) -> bool:
        if self.maximum is not None and body.memory.get("completed", 0) >= self.maximum:
            return False
        if self.condition is not None:
            return self.condition.holds(at) if self.guided else self.condition.is_true(at)
        if self.maximum is not None:
            return True
        if self.guided:
            return False
        raise ElementFailure(
            "no-condition", f"“{self.title}” loops without a condition.", "Give the loop a condition or a maximum."
        )
