"""A job is done: one command, one root. What it does, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from engine.commands.deliver import deliver_message, deliver_signal
from engine.commands.start_by_timer import start_by_timer
from engine.persistence.jobs import Job
from engine.spiff.chain import chain_of

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork

Handler = Callable[["UnitOfWork", Job, timedelta], None]


@dataclass(frozen=True, slots=True)
class RunJob:
    """Do a job that `owner` has leased; nothing happens if it is done already or another has it."""

    permission: ClassVar[str] = "administer"
    job: Job
    owner: str
    message_life: timedelta

    def execute(self, uow: UnitOfWork) -> None:
        # The job of a token is part of its root, whose lock makes sure of it; others are deleted by whoever is first.
        of_root = self.job.token is not None and self.job.root_id is not None
        if of_root:
            uow.lock(self.job.root_id or "")
        job = uow.jobs.get(self.job.id)
        if job is None or job.lease_owner != self.owner:
            return
        uow.chain = chain_of(job.payload.get("chain"))
        if of_root:
            trigger(uow, job)
        else:
            HANDLERS[job.kind](uow, job, self.message_life)


def trigger(uow: UnitOfWork, job: Job) -> None:
    """The time or the turn of a token has come.

    A turn that fails is tried again as a whole, up to the last try, which leaves an incident where it failed. What a
    timer's token meets on its way is an incident at once: the time has come, however often it is tried.
    """
    root = uow.root(job.root_id or "")
    if job.kind == "async" and job.retries > 1:
        root.at(uow.now, uow.actor.user, "raise", uow.chain)
    root.trigger(job.token or 0, job.number or 0, {})


HANDLERS: Mapping[str, Handler] = {
    "message": deliver_message,
    "signal": deliver_signal,
    "timer": start_by_timer,
}
