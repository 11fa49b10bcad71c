"""How a leased job ended that was done outside any transaction: with a result, a BPMN error, or a failed try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from engine.jobs.retry import next_try
from engine.persistence.jobs import Job
from engine.spiff.chain import LONGEST_LINK, chain_of

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class AcquireJobs:
    """Lease due jobs to a runner."""

    permission: ClassVar[str] = "administer"
    owner: str
    limit: int
    lease: timedelta
    kinds: Sequence[str]

    def execute(self, uow: UnitOfWork) -> list[Job]:
        return uow.jobs.acquire(uow.now, self.owner, uow.now + self.lease, self.limit, kinds=self.kinds)


@dataclass(frozen=True, slots=True)
class KeepLease:
    """The runner is still at it."""

    permission: ClassVar[str] = "administer"
    id: str
    owner: str
    lease: timedelta

    def execute(self, uow: UnitOfWork) -> None:
        job = uow.jobs.get(self.id)
        if job is not None and job.lease_owner == self.owner:
            uow.jobs.change(self.id, lease_until=uow.now + self.lease)


@dataclass(frozen=True, slots=True)
class CompleteServiceJob:
    """The call came back."""

    permission: ClassVar[str] = "administer"
    id: str
    owner: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        job = leased(uow, self.id, self.owner)
        if job is not None:
            follow(uow, job)
            uow.root(job.root_id or "").trigger(job.token or 0, job.number or 0, dict(self.variables))


@dataclass(frozen=True, slots=True)
class ThrowFromServiceJob:
    """The call ended with a BPMN error."""

    permission: ClassVar[str] = "administer"
    id: str
    owner: str
    code: str
    message: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        job = leased(uow, self.id, self.owner)
        if job is not None:
            follow(uow, job)
            root = uow.root(job.root_id or "")
            root.throw_error(job.token or 0, job.number or 0, self.code, self.message, dict(self.variables))


@dataclass(frozen=True, slots=True)
class FailJob:
    """A try failed: there is another after a pause, after the last one an incident. `lasting`: this was the last."""

    permission: ClassVar[str] = "administer"
    id: str
    owner: str
    code: str
    reason: str
    fix: str = ""
    lasting: bool = False

    def execute(self, uow: UnitOfWork) -> None:
        job = leased(uow, self.id, self.owner)
        if job is None:
            return
        left = 0 if self.lasting else job.retries - 1
        fail(uow, job, left, self.code, self.reason, self.fix, next_try(uow.now, job.tries, job.retry_cycle))


def fail(uow: UnitOfWork, job: Job, left: int, code: str, reason: str, fix: str, again: datetime) -> None:
    """Write down a failed try. A job of no token has nowhere for an incident: it stays, without tries."""
    if job.root_id is not None and job.token is not None:
        uow.record(
            job.root_id,
            job.instance_id or job.root_id,
            "job-failed",
            element_id=job.element_id,
            token=job.token,
            data={"number": job.number, "reason": reason, "retries": left},
        )
    if left > 0 or job.token is None or job.root_id is None:
        uow.jobs.release(job.id, retries=max(left, 0), due_at=again, error=reason)
        uow.wake(again)
    else:
        uow.root(job.root_id).fail(job.token, job.number or 0, code, reason, fix)


def follow(uow: UnitOfWork, job: Job) -> None:
    """What led to the call leads on from it, unless time has passed in between."""
    if uow.now - job.created_at <= LONGEST_LINK:
        uow.chain = chain_of(job.payload.get("chain"))


def leased(uow: UnitOfWork, job_id: str, owner: str) -> Job | None:
    """The job, if `owner` still has it; under its root's lock where it has one."""
    if "-" in job_id:
        uow.lock(job_id.partition("-")[0])
    job = uow.jobs.get(job_id)
    return job if job is not None and job.lease_owner == owner else None
