"""A timer start event is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from engine.commands.start_process import start
from engine.deployment.triggers import StartTimer
from engine.elements.flow_node import tries_of
from engine.persistence.ids import new_id
from engine.persistence.jobs import Job
from engine.timers import Cycle

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


def start_by_timer(uow: UnitOfWork, job: Job, life: timedelta) -> None:
    """Start an instance at the event and, where it is a cycle, leave the job of the next time."""
    if not uow.jobs.delete(job.id):
        return
    definition = uow.definitions.get(job.definition_id or "")
    if definition is None or not definition.latest:
        return
    following = _following(job, uow)
    if following is not None:
        leave_timer(uow, definition.id, job.element_id or "", StartTimer(following, job.retry_cycle))
    if definition.state == "active":
        start(uow, definition.id, {}, None, job.element_id)


def leave_timer(uow: UnitOfWork, definition_id: str, element_id: str, timer: StartTimer) -> None:
    """The job that starts the process at that time; a cycle without text comes once."""
    payload: dict[str, Any] = {}
    at = timer.at
    if at.text:
        payload = {"text": at.text, "remaining": at.remaining, "anchor": at.anchor}
    uow.jobs.add(
        Job(
            id=new_id(uow.now),
            kind="timer",
            created_at=uow.now,
            due_at=at.due,
            definition_id=definition_id,
            element_id=element_id,
            retries=tries_of(timer.retry_cycle),
            retry_cycle=timer.retry_cycle,
            payload=payload,
        )
    )


def _following(job: Job, uow: UnitOfWork) -> Cycle | None:
    payload = job.payload
    if "text" not in payload:
        return None
    return Cycle(job.due_at, payload["remaining"], payload["text"], payload["anchor"]).next(job.due_at, uow.now)
