"""What a resting token waits for: a person, a job, a message or signal, the end of an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from engine.runtime.records import Wait
from engine.spiff.changes import WAIT_KINDS

if TYPE_CHECKING:
    from engine.spiff.token import Token


class Entry(NamedTuple):
    """A wait as its token remembers it; `element_id` goes on when it ends, such as a boundary event."""

    number: int
    kind: str
    element_id: str
    purpose: str


def entries(token: Token) -> list[Entry]:
    return [Entry(*entry) for entry in token.memory.get("waits", ())]


def open_wait(token: Token, record: Wait, element_id: str, purpose: str) -> None:
    """Let the token wait for what the record says."""
    workflow = token.workflow
    workflow.changes.opened[record.number] = record
    entry = Entry(record.number, WAIT_KINDS[type(record)], element_id, purpose)
    token.remember(waits=[*token.memory.get("waits", ()), entry])


def close_wait(token: Token, entry: Entry, how: str = "cancelled", **data: Any) -> None:
    """The wait is over; `how` and `data` go into the history of user tasks and incidents."""
    left = [other for other in token.memory["waits"] if other[0] != entry.number]
    if left:
        token.remember(waits=left)
    else:
        token.forget("waits")
    workflow = token.workflow
    outside = workflow.changes.wait_closed(entry.number, entry.kind)
    if entry.kind in ("task", "incident") and (outside or how != "cancelled"):
        workflow.record(
            f"{entry.kind}-{how}",
            token.instance.id,
            element_id=entry.element_id,
            token=token.id,
            data={"number": entry.number, **data},
        )


def close_waits(token: Token, *, element_id: str | None = None, how: str = "cancelled") -> None:
    """End the token's waits: all of them, or those of one element."""
    for entry in entries(token):
        if element_id is None or entry.element_id == element_id:
            close_wait(token, entry, how)
