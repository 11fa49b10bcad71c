"""Message event definition (BPMN 2.0, 10.5.5): caught through a subscription, thrown as a job that delivers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from engine.elements.event_definition import EventDefinition
from engine.elements.messages import MessageIn, MessageOut
from engine.elements.service import Service
from engine.judgement import RUNS, Judgement, person
from engine.spiff.failures import ElementFailure

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.token import Token


class MessageEvent(EventDefinition):
    kind = "message"

    def __init__(self, definition: m.EventDefinition, node: m.BaseElement, c: Compilation) -> None:
        assert isinstance(definition, m.MessageEventDefinition)
        self.guided = c.guided
        catching = isinstance(node, (m.CatchEvent,))
        self.incoming = MessageIn(node, definition.message_ref, c) if catching else None
        self.outgoing = None if catching else MessageOut(node, definition.message_ref, c)
        # Of Camunda's throwing events a program may send the message, as of a service task.
        self.service = Service(node, c) if not catching and c.execution(node).job is not None else None

    def judge(self) -> Judgement:
        if self.service is not None:
            return self.service.judge()
        if not (
            (self.incoming is not None and self.incoming.nameless)
            or (self.outgoing is not None and self.outgoing.nameless)
        ):
            return RUNS
        if self.guided:
            return person("It names no message, so a person says when it happens.", "no-message")
        return Judgement(
            "will_not_run", "It names no message.", "Give it a message, or deploy it as guided.", "no-message"
        )

    def arm(self, token: Token, event: ElementSpec) -> None:
        assert self.incoming is not None
        if self.incoming.nameless and not self.guided:
            raise ElementFailure(
                "no-message",
                f"“{event.title}” waits for a message, but not for which.",
                "Give it a message, or deploy the process as guided.",
            )
        self.incoming.wait(token, event)

    def throw(self, token: Token, event: Any) -> None:
        if self.service is not None:
            self.service.begin(token, event)
            return
        assert self.outgoing is not None
        self.outgoing.send(token)
