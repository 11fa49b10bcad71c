"""Messages in and out of a process (BPMN 2.0, 8.4.11 and 9.3): a subscription here, a job that delivers there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from bpmn import model as m
from engine.elements.compilation import message_reference
from engine.elements.person import ask_whether_it_happened
from engine.runtime.records import JobRecord, SubscriptionRecord
from engine.spiff.failures import ElementFailure
from engine.spiff.waits import open_wait

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.token import Token


class MessageIn:
    """The message that an element waits for."""

    def __init__(self, node: m.BaseElement, reference: str | None, c: Compilation) -> None:
        details = c.execution(node)
        self.fixed_name = c.message_of(node, reference)
        self.name = c.evaluator(details.message_name)
        self.key = c.evaluator(details.correlation_key)
        self.guided = c.guided

    @property
    def nameless(self) -> bool:
        return self.name is None and self.fixed_name is None

    def name_at(self, token: Token) -> str | None:
        return (self.name.text(token) if self.name is not None else None) or self.fixed_name

    def wait(self, token: Token, event: ElementSpec) -> None:
        """Subscribe; in a guided process a person may also say that it came."""
        name = self.name_at(token)
        workflow = token.workflow
        if name is not None:
            correlation: dict[str, Any] = {}
            if token.instance.business_key:
                correlation["business_key"] = token.instance.business_key
            if token.instance.conversation:
                correlation["conversation"] = token.instance.conversation
            if self.key is not None:
                correlation["key"] = self.key.text(token)
            record = SubscriptionRecord(
                number=workflow.next_number(),
                token=token.id,
                instance_id=token.instance.id,
                element_id=event.element_id,
                kind="message",
                name=name,
                created_at=workflow.now,
                correlation=correlation,
            )
            open_wait(token, record, event.element_id, "message")
        if self.guided:
            ask_whether_it_happened(token, event)


@dataclass(frozen=True, slots=True)
class Received:
    """What a receive task waits for, in the shape of an event's definition."""

    incoming: MessageIn
    kind: str = "message"


class MessageOut:
    """The message that an element sends: to where the file's message flows lead, else to whoever waits for its name."""

    def __init__(self, node: m.BaseElement, reference: str | None, c: Compilation) -> None:
        self.title = getattr(node, "name", None) or node.id
        self.guided = c.guided
        # In Camunda and Flowable an event that throws no message in particular is passed.
        self.may_be_nameless = c.dialect in ("camunda7", "flowable", "activiti") and isinstance(node, m.ThrowEvent)
        self.name = c.evaluator(c.execution(node).message_name)
        receivers = [
            c.message_of(receiver, message_reference(receiver))
            for receiver in c.receivers(node.id)
            if isinstance(receiver, m.FlowNode)
        ]
        # Guided, only what is drawn is delivered: drawings name one message at many places.
        own = c.message_of(node, reference) if reference and not c.guided else None
        self.names = list(dict.fromkeys(name for name in (receivers or [own]) if name))
        self.to_nobody = bool(c.receivers(node.id)) and not receivers

    @property
    def nameless(self) -> bool:
        return self.name is None and not self.names and not self.to_nobody and not self.may_be_nameless

    def send(self, token: Token, key: str | None = None) -> None:
        names = [self.name.text(token)] if self.name is not None else self.names
        if not names and not self.guided and not self.to_nobody and not self.may_be_nameless:
            raise ElementFailure(
                "no-message", f"“{self.title}” names no message.", "Give it a message, or a message flow."
            )
        for name in names:
            send(token, "message", {"name": name, "variables": token.data.stored(), "key": key})
        token.workflow.record(
            "message-sent",
            token.instance.id,
            element_id=token.task_spec.element_id,
            token=token.id,
            data={"names": names},
        )


def send(token: Token, kind: Literal["message", "signal"], payload: dict[str, Any]) -> None:
    """Leave a job that delivers a message or signal; it concerns others, so it runs as a command of its own."""
    workflow = token.workflow
    chain = workflow.chain
    sender = f"“{token.instance.key}” ({token.instance.id})"
    if chain.starts >= workflow.bounds.starts:
        raise ElementFailure(
            "chain",
            f"{chain.starts} instances have started one another by messages and signals, one after the other.",
            "Look for a process that starts itself; then retry to let it go on, or cancel the instance.",
        )
    if chain.sent >= workflow.bounds.sent:
        raise ElementFailure(
            "chain",
            f"{chain.sent:,} messages and signals have led to one another, with no person and no time between. "
            f"The last came from {chain.sender}; {sender} would send the next.",
            "Look for what ends their exchange; then retry to let it go on, or cancel one of the two.",
        )
    number = workflow.next_number()
    job = JobRecord(
        number=number,
        instance_id=token.instance.id,
        kind=kind,
        created_at=workflow.now,
        due_at=workflow.now,
        element_id=token.task_spec.element_id,
        payload={
            **payload,
            "business_key": token.instance.business_key,
            "conversation": token.instance.conversation,
            "chain": chain.send(sender).kept(),
        },
    )
    workflow.changes.opened[number] = job
