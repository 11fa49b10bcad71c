"""What an event catches or throws (BPMN 2.0, 10.5.5): the base of the kinds of event definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from bpmn import model as m
from engine.elements.person import ask_whether_it_happened
from engine.judgement import RUNS, Judgement, person
from engine.spiff.failures import ElementFailure

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.elements.event import Event
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.scope import Touch
    from engine.spiff.token import Token


class EventDefinition:
    """Compiled. `kind` is also the purpose of the waits that it opens."""

    kind: ClassVar[str] = "none"
    catches_any: bool = False
    targets: list[str] = []
    handler: str | None = None

    def __init__(self, definition: m.EventDefinition, node: m.BaseElement, c: Compilation) -> None:
        """Read what the definition says."""

    def judge(self) -> Judgement:
        return RUNS

    def arm(self, token: Token, event: ElementSpec) -> None:
        """Let the token wait for it. What is found by its thrower (error, escalation) opens no wait."""

    def rearm(self, token: Token, event: ElementSpec) -> None:
        """It happened and did not interrupt: wait for the next time."""
        self.arm(token, event)

    def is_met(self, token: Token, touched: list[Touch]) -> bool:
        """Whether it is a condition that these changes have made true."""
        return False

    def throw(self, token: Token, event: Event) -> None:
        """Let it happen. The event waits for tokens that this puts inside its own."""

    def thrown(self, token: Token, event: Event) -> None:
        """It has happened, and all that it put inside the event's token is done."""

    def catches_code(self, code: str | None) -> bool:
        """Whether a thrown error or escalation of this code is caught."""
        return False


class Unsaid(EventDefinition):
    """An event that does not say what it waits for: guided, a person says when it happens."""

    kind = "happened"

    def __init__(self, *, guided: bool) -> None:
        self.guided = guided

    def judge(self) -> Judgement:
        if self.guided:
            return person("What it waits for is not said, so a person says when it happens.", "happened")
        return Judgement(
            "will_not_run",
            "What it waits for is not said.",
            "Give it a message, a timer or another trigger.",
            "no-trigger",
        )

    def arm(self, token: Token, event: ElementSpec) -> None:
        if self.guided:
            ask_whether_it_happened(token, event)
        elif token.task_spec is event:
            raise ElementFailure(
                "no-trigger",
                f"“{event.title}” waits, but not for what.",
                "Give it a message, a timer or another trigger, or deploy the process as guided.",
            )


class NoTrigger(EventDefinition):
    """A definition that nothing here can trigger: a person may say that it happened, where the process runs guided."""

    kind = "happened"

    def __init__(self, definition: m.EventDefinition, node: m.BaseElement, c: Compilation) -> None:
        self.guided = c.guided
        self.what = type(definition).__name__
        # What undoes an activity waits for nothing while it goes on.
        self.undoes = isinstance(definition, m.CompensateEventDefinition) and isinstance(node, m.BoundaryEvent)

    def judge(self) -> Judgement:
        if self.guided and self.undoes:
            return Judgement("ignored_safely", "Nothing is undone here by itself.", "", "not-supported")
        if self.guided:
            return person("A person says when it happens.", "happened")
        return Judgement(
            "will_not_run",
            f"A {self.what} does not run yet.",
            "Deploy it as guided, or draw it otherwise.",
            "not-supported",
        )

    def arm(self, token: Token, event: ElementSpec) -> None:
        if self.undoes:
            return
        if not self.guided:
            raise ElementFailure(
                "not-supported",
                f"“{event.title}” waits for a {self.what}, which does not run yet.",
                "Deploy the process as guided, so that a person says when it happens.",
            )
        ask_whether_it_happened(token, event)

    def throw(self, token: Token, event: Any) -> None:
        if not self.guided:
            raise ElementFailure(
                "not-supported",
                f"“{event.title}” throws a {self.what}, which does not run yet.",
                "Deploy the process as guided, or draw it otherwise.",
            )
