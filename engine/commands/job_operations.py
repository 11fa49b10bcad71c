"""What an operator does with jobs and incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from engine.errors import Conflict, Invalid
from engine.persistence.ids import new_id

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class ExecuteJob:
    """Do a job now, whenever it is due; it is done when the command returns, or has one try less."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        job = uow.job(self.id)
        if job.kind == "external":
            raise Invalid("This job is a worker's.", fix="Let a worker of its topic fetch it.")
        leased = uow.jobs.lease(job.id, uow.now, f"by hand {new_id(uow.now)}", uow.now + LEASE)
        if leased is None:
            raise Conflict("A runner has this job just now.", fix="Look at it again in a moment.")
        uow.afterwards(leased)


@dataclass(frozen=True, slots=True)
class SetJobRetries:
    """How many tries a job has left; one that had none is due again."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str
    retries: int

    def execute(self, uow: UnitOfWork) -> None:
        if not 0 <= self.retries <= 1000:
            raise Invalid("A job has 0 to 1000 tries.")
        job = uow.job(self.id)
        uow.jobs.change(job.id, retries=self.retries)
        if self.retries:
            uow.wake(job.due_at)


@dataclass(frozen=True, slots=True)
class SetJobDue:
    """When a job is due, earlier or later than its model says."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str
    due_at: datetime

    def execute(self, uow: UnitOfWork) -> None:
        if self.due_at.tzinfo is None:
            raise Invalid("A job is due at a time with its zone.", fix="Write it like 2030-01-31T09:00:00Z.")
        uow.jobs.change(uow.job(self.id).id, due_at=self.due_at)


@dataclass(frozen=True, slots=True)
class UnlockJob:
    """Take the lease away from whoever has the job, so that another may."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        job = uow.job(self.id)
        uow.jobs.release(job.id)
        uow.wake(job.due_at)


@dataclass(frozen=True, slots=True)
class RetryIncident:
    """Let what stopped try again, after its cause is gone."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        incident = uow.incident(self.id)
        if incident.token is None:
            raise Invalid("This incident stopped no token.", fix="Give its job new tries.")
        uow.root(incident.root_id).retry(incident.token, incident.number)
