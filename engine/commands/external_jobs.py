"""External jobs: a worker fetches them by topic, and completes, fails or extends them while it holds their lease.

The permission is `serve`: a program's, which people who do tasks need not have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from engine.commands.job_outcomes import fail, follow
from engine.elements.service_task import ServiceTask
from engine.errors import Conflict, Forbidden, Invalid
from engine.jobs.retry import next_try
from engine.persistence.instances import root_of
from engine.persistence.jobs import Job
from engine.queries.variables import scopes_of, visible_from

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork

MOST = 1000
LONGEST_LOCK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ExternalJob:
    """A fetched job with the variables that its task sees. Its `id` is an idempotency key: a repetition has it too."""

    id: str
    topic: str
    instance_id: str
    root_id: str
    element_id: str
    definition_id: str
    definition_key: str
    business_key: str | None
    variables: dict[str, Any]
    retries: int
    priority: int
    created_at: datetime
    lock_until: datetime


@dataclass(frozen=True, slots=True)
class FetchExternalJobs:
    """Lease at most `max` due jobs of these topics to `worker` for `lock`, the highest priority first."""

    permission: ClassVar[str] = "serve"
    topics: Sequence[str]
    worker: str
    max: int = 10
    lock: timedelta = timedelta(minutes=5)

    def execute(self, uow: UnitOfWork) -> list[ExternalJob]:
        if not self.worker.strip() or not self.topics:
            raise Invalid("A worker says its name and its topics.")
        if not 1 <= self.max <= MOST:
            raise Invalid(f"A worker fetches 1 to {MOST} jobs at once.")
        until = uow.now + _checked(self.lock)
        jobs = uow.jobs.acquire(uow.now, self.worker, until, self.max, kinds=("external",), topics=self.topics)
        return [_fetched(uow, job, until) for job in jobs]


@dataclass(frozen=True, slots=True)
class CompleteExternalJob:
    """The work is done, with these variables; `local` are seen by the task only, such as by its output mappings."""

    permission: ClassVar[str] = "serve"
    id: str
    worker: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    local: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        job = _held(uow, self.id, self.worker)
        follow(uow, job)
        root = uow.root(root_of(job.id))
        if self.local:
            root.set_variables(root.own_scope(job.token or 0), dict(self.local), local=True)
        root.trigger(job.token or 0, job.number or 0, _result(job, self.variables))


@dataclass(frozen=True, slots=True)
class ThrowErrorFromJob:
    """The work ended with a BPMN error, which the model catches."""

    permission: ClassVar[str] = "serve"
    id: str
    worker: str
    code: str
    message: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        job = _held(uow, self.id, self.worker)
        follow(uow, job)
        root = uow.root(root_of(job.id))
        root.throw_error(job.token or 0, job.number or 0, self.code, self.message, dict(self.variables))


@dataclass(frozen=True, slots=True)
class FailExternalJob:
    """A try failed. `retries`: how many are left (one less than before, if not said); at 0 it becomes an incident."""

    permission: ClassVar[str] = "serve"
    id: str
    worker: str
    reason: str = ""
    fix: str = ""
    retries: int | None = None
    pause: timedelta | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        job = _held(uow, self.id, self.worker)
        left = job.retries - 1 if self.retries is None else self.retries
        again = next_try(uow.now, job.tries, job.retry_cycle) if self.pause is None else uow.now + self.pause
        reason = self.reason.strip() or "The worker could not do it."
        fix = self.fix or f"Look at what the worker of topic {job.topic!r} says, then retry."
        if self._counts_as_error(uow, job):
            follow(uow, job)
            root = uow.root(root_of(job.id))
            if root.try_failed(job.token or 0, job.number or 0, reason, left, self.worker, self.variables):
                return
        fail(uow, job, left, "worker-failed", reason, fix, again)

    def _counts_as_error(self, uow: UnitOfWork, job: Job) -> bool:
        """Whether the model says when a failed try is a BPMN error; else the root need not be loaded."""
        instance = uow.instances.get(job.instance_id or "")
        spec = uow.definition_spec(instance.definition_id).task_specs[job.element_id or ""] if instance else None
        return isinstance(spec, ServiceTask) and bool(spec.service.errors or self.variables)


@dataclass(frozen=True, slots=True)
class ExtendLock:
    """The worker needs longer: its lease ends `lock` from now."""

    permission: ClassVar[str] = "serve"
    id: str
    worker: str
    lock: timedelta

    def execute(self, uow: UnitOfWork) -> None:
        job = _held(uow, self.id, self.worker)
        if job.lease_until is not None and job.lease_until <= uow.now:
            raise Conflict("The lease has run out.", fix="Fetch the job again.")
        uow.jobs.change(job.id, lease_until=uow.now + _checked(self.lock))


def _held(uow: UnitOfWork, job_id: str, worker: str) -> Job:
    """The job, which this worker fetched and nobody since; a lease that ran out counts while nobody else has it."""
    job = uow.job(job_id)
    if job.kind != "external":
        raise Invalid("This job is not a worker's.")
    if job.lease_owner != worker:
        raise Forbidden(f"The worker {worker} does not hold this job.", fix="Fetch it first.")
    return job


def _result(job: Job, variables: Mapping[str, Any]) -> dict[str, Any]:
    """A worker that knows nothing of the result variable may call it `result`."""
    named = job.payload.get("result_variable")
    if named and named not in variables and "result" in variables:
        return {**{name: value for name, value in variables.items() if name != "result"}, named: variables["result"]}
    return dict(variables)


def _fetched(uow: UnitOfWork, job: Job, until: datetime) -> ExternalJob:
    root_id = job.root_id or ""
    instance = uow.instances.get(job.instance_id or "")
    seen = job.payload.get("inputs")
    if seen is None:
        seen = visible_from(scopes_of(uow.connection, root_id), uow.token_scope(root_id, job.token or 0))
    return ExternalJob(
        id=job.id,
        topic=job.topic or "",
        instance_id=job.instance_id or "",
        root_id=root_id,
        element_id=job.element_id or "",
        definition_id=instance.definition_id if instance else "",
        definition_key=instance.key if instance else "",
        business_key=instance.business_key if instance else None,
        variables={**seen, **(job.payload.get("fields") or {})},
        retries=job.retries,
        priority=job.priority,
        created_at=job.created_at,
        lock_until=until,
    )


def _checked(lock: timedelta) -> timedelta:
    if not timedelta(0) < lock <= LONGEST_LOCK:
        raise Invalid("A lease is longer than nothing and at most 30 days.")
    return lock
