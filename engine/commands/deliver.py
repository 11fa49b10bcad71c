"""A message or signal that a process or a program left as a job finds whom it is for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from engine.commands.messages import Message, deliver, is_private, receivers
from engine.commands.outbox import leave_to_start, leave_to_subscription
from engine.commands.start_process import start
from engine.persistence.jobs import Job
from engine.spiff.chain import LONGEST_LINK, NO_CHAIN

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork

LONGEST_PAUSE = timedelta(seconds=30)


def deliver_message(uow: UnitOfWork, job: Job, life: timedelta) -> None:
    """To the one that it names; else to a waiting token of its conversation, to one that it fits, to a start event.

    If nobody waits for it yet it is kept for `life` and looked at again when somebody subscribes.
    """
    if _to_target(uow, job):
        return
    payload = job.payload
    name: str = payload["name"]
    message = Message(
        name=name,
        variables=payload.get("variables") or {},
        key=payload.get("key"),
        business_key=payload.get("business_key"),
        conversation=payload.get("conversation") or job.root_id,
        correlation=payload.get("correlation") or {},
    )
    if job.tries > 1 and uow.now - job.created_at > LONGEST_LINK:
        # Something else than messages let somebody wait for it: a person, or time.
        uow.chain = NO_CHAIN
    waiting = receivers(uow, message)
    starts = [] if waiting else uow.definitions.started_by("message", name)
    if not waiting and not starts:
        _keep(uow, job, name, life)
    elif not uow.jobs.delete(job.id):
        return
    elif waiting:
        deliver(uow, waiting[0], message.variables)
    else:
        event, business_key = starts[0], message.business_key
        start(uow, event.definition_id, message.variables, business_key, event.element_id, message.conversation)


def deliver_signal(uow: UnitOfWork, job: Job, life: timedelta) -> None:
    """To the one that it names; else a job for each who waits for it and for each process that it starts."""
    if _to_target(uow, job) or not uow.jobs.delete(job.id):
        return
    payload = job.payload
    within = job.instance_id if payload.get("instance_only") else None
    for subscription in uow.subscriptions.waiting_for("signal", payload["name"]):
        if subscription.instance_id == within or (within is None and not is_private(subscription)):
            leave_to_subscription(uow, "signal", subscription, payload.get("variables") or {})
    if within is None:
        for event in uow.definitions.started_by("signal", payload["name"]):
            leave_to_start(uow, "signal", event, payload.get("variables") or {})


def _to_target(uow: UnitOfWork, job: Job) -> bool:
    """Deliver to the subscription or start event that the job names. False: it names none."""
    payload = job.payload
    variables = payload.get("variables") or {}
    if "subscription" in payload:
        subscription = uow.subscriptions.get(payload["subscription"])
        if uow.jobs.delete(job.id) and subscription is not None:
            deliver(uow, subscription, variables)
        return True
    if "start" in payload:
        if uow.jobs.delete(job.id):
            where = (payload.get("business_key"), payload["start"], payload.get("conversation"))
            start(uow, job.definition_id or "", variables, *where)
        return True
    return False


def _keep(uow: UnitOfWork, job: Job, name: str, life: timedelta) -> None:
    until = job.payload.get("until") or job.created_at + life
    if uow.now < until:
        pause = min(timedelta(seconds=1) * (1 << min(job.tries, 5)), LONGEST_PAUSE)
        uow.jobs.release(job.id, due_at=min(uow.now + pause, until), topic=name)
        return
    uow.jobs.delete(job.id)
    if job.root_id is not None and job.instance_id is not None:
        uow.record(job.root_id, job.instance_id, "message-undelivered", element_id=job.element_id, data={"name": name})
