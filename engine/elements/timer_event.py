"""Timer event definition (BPMN 2.0, 10.5.5): a date, duration or cycle; waiting for it is a job that is due then."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.event_definition import EventDefinition
from engine.elements.flow_node import new_job
from engine.elements.person import ask_whether_it_happened
from engine.expressions import ExpressionError
from engine.judgement import RUNS, Judgement, person
from engine.spiff.failures import ElementFailure
from engine.spiff.waits import open_wait
from engine.timers import Cycle, TimerError, due_date, due_duration

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.token import Token

# A constant is read the same whenever it is read.
ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


HOW = "Write a date, a duration such as PT2H, or a cycle such as R3/P1D."


class TimerEvent(EventDefinition):
    kind = "timer"

    def __init__(self, definition: m.EventDefinition, node: m.BaseElement, c: Compilation) -> None:
        assert isinstance(definition, m.TimerEventDefinition)
        timer = c.execution(definition).timer
        self.timer = timer
        self.value = c.evaluator(timer.code) if timer is not None else None
        self.guided = c.guided

    def judge(self) -> Judgement:
        if self.value is None:
            if self.guided:
                return person("It says no time, so a person says when it is due.", "timer")
            return Judgement("will_not_run", "It says no time.", "Give it a date, a duration or a cycle.", "timer")
        if self.value.error is not None and not self.guided:
            reason = f"“{self.value.code.text}” gives no time: {self.value.error.message}"
            return Judgement("will_not_run", reason, self.value.error.fix or HOW, "timer")
        if self.value.constant:
            try:
                self._parse(self.value.code.text, ANY_TIME)
            except TimerError as error:
                if self.guided:
                    return person(f"{error.message} A person says when it is due.", "timer")
                return Judgement("will_not_run", error.message, error.fix, "timer")
        return RUNS

    def arm(self, token: Token, event: ElementSpec) -> None:
        """Waits are counted from now; in a guided process an unreadable time is a person's to tell."""
        try:
            due, cycle = self._due(token, event)
        except (TimerError, ElementFailure):
            if not self.guided:
                raise
            ask_whether_it_happened(token, event)
            return
        self._wait(token, event, due, cycle)

    def rearm(self, token: Token, event: ElementSpec) -> None:
        """A cycle goes on; a date or duration has been and gone."""
        kept = token.memory.get("cycles", {}).get(event.element_id)
        if kept is None:
            return
        anchor = datetime.fromisoformat(kept["anchor"]) if kept["anchor"] else None
        due = datetime.fromisoformat(kept["due"])
        following = Cycle(due, kept["remaining"], kept["text"], anchor).next(token.workflow.now)
        if following is not None:
            self._wait(token, event, following.due, following)

    def _due(self, token: Token, event: ElementSpec) -> tuple[datetime, Cycle | None]:
        if self.timer is None or self.value is None:
            raise ElementFailure("timer", f"“{event.title}” says no time.", "Give it a date, a duration or a cycle.")
        try:
            value = self.value.value(token)
        except ExpressionError as error:
            reason = f"“{event.title}” says {error.text!r}, which gives no time: {error.message}"
            raise ElementFailure("timer", reason, error.fix or HOW, error.text) from error
        return self._parse(value, token.workflow.now)

    def _parse(self, value: Any, now: datetime) -> tuple[datetime, Cycle | None]:
        assert self.timer is not None
        if self.timer.kind == "date":
            return due_date(value, now), None
        if self.timer.kind == "duration" and not str(value).startswith("R"):
            return due_duration(value, now), None
        cycle = Cycle.parse(str(value), now)
        return cycle.due, cycle

    def _wait(self, token: Token, event: ElementSpec, due: datetime, cycle: Cycle | None) -> None:
        job = new_job(token, "timer", event)
        job.due_at = due
        open_wait(token, job, event.element_id, self.kind)
        if cycle is not None:
            anchor = cycle.anchor.isoformat() if cycle.anchor else None
            kept = {"due": due.isoformat(), "remaining": cycle.remaining, "text": cycle.text, "anchor": anchor}
            token.remember(cycles={**token.memory.get("cycles", {}), event.element_id: kept})
