"""Jobs and incidents: what operators look after."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import Field

from engine.commands import ExecuteJob, RetryIncident, SetJobDue, SetJobRetries, UnlockJob
from engine.commands.requested import Sent
from engine.queries import IncidentList, JobDetail, JobList
from engine.queries.waits import IncidentRow, JobRow
from webapp.api import story
from webapp.api.answers import listed, versioned
from webapp.api.carry_out import done
from webapp.api.schemas import DONE, Body, Id, Moment, Paged, Text, example, many, one
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("jobs", "Work for runners and workers, and what stopped for good.")


class WantedJobs(Paged):
    instance_id: Text | None = None
    kind: Literal["timer", "async", "service", "external", "message", "signal", "webhook", "mail"] | None = None
    topic: Text | None = None
    exhausted: bool | None = Field(None, description="Those without tries left, or with some.")
    failing: bool = Field(False, description="Those that have failed and have tries left.")
    due_before: Moment | None = None
    sort: Literal["due", "newest", "oldest", "priority", "retries"] = "due"


class WantedIncidents(Paged):
    instance_id: Text | None = None
    definition_key: Text | None = None
    element_id: Text | None = None
    code: Text | None = None
    sort: Literal["newest", "oldest", "process"] = "newest"


class Retries(Body):
    model_config = example(retries=3)

    retries: int = Field(ge=0, le=1000)


class Due(Body):
    model_config = example(due_at="2030-01-05T09:30:00Z")

    due_at: Moment


def _do(job: str, command: Sent) -> Response:
    # A job of no instance has no root whose lock it lies under.
    return done(command, question=JobDetail(job), root=job if "-" in job else None)


JOB = JobRow(
    id=story.JOB,
    root_id=story.INSTANCE,
    instance_id=story.INSTANCE,
    definition_id=None,
    element_id="three_days",
    kind="timer",
    topic=None,
    created_at=story.BEGAN,
    due_at=story.DUE,
    priority=0,
    retries=3,
    tries=0,
    error=None,
    lease_owner=None,
    lease_until=None,
    leased=False,
    business_key=story.NUMBER,
    runs=story.DEFINITION,
)
INCIDENT = IncidentRow(
    id=f"{story.INSTANCE}-10",
    root_id=story.INSTANCE,
    instance_id=story.INSTANCE,
    definition_id=story.DEFINITION,
    definition_key="it-account-creation",
    definition_name="IT account creation",
    business_key=None,
    element_id="create_account",
    created_at=story.BEGAN,
    code="worker-failed",
    reason="The directory does not answer.",
    fix="Look at what the worker of topic 'create-account' says, then retry.",
    expression=None,
    token=5,
    job=9,
)


@subject.get("/jobs", many(JOB), needs="operate")
def list_all(query: WantedJobs) -> Response:
    """Jobs by the time they are due"""
    return listed(ask(JobList(**query.model_dump())))


@subject.get("/jobs/<id>", one(JOB, versioned=True), needs="operate")
def get(path: Id) -> Response:
    """One job"""
    return versioned(ask(JobDetail(path.id)))


@subject.post("/jobs/<id>/execute", DONE, needs="operate", versioned=True)
def execute_now(path: Id) -> Response:
    """Do a job now, whenever it is due"""
    return _do(path.id, ExecuteJob(path.id))


@subject.put("/jobs/<id>/due", DONE, needs="operate", versioned=True)
def set_due(path: Id, body: Due) -> Response:
    """Say when a job is due"""
    return _do(path.id, SetJobDue(path.id, body.due_at))


@subject.put("/jobs/<id>/retries", DONE, needs="operate", versioned=True)
def set_retries(path: Id, body: Retries) -> Response:
    """Say how many tries a job has left"""
    return _do(path.id, SetJobRetries(path.id, body.retries))


@subject.post("/jobs/<id>/unlock", DONE, needs="operate", versioned=True)
def unlock(path: Id) -> Response:
    """Take the lease away from whoever has it"""
    return _do(path.id, UnlockJob(path.id))


@subject.get("/incidents", many(INCIDENT))
def incidents(query: WantedIncidents) -> Response:
    """What stopped, the newest first, with what to do"""
    return listed(ask(IncidentList(**query.model_dump())))


@subject.post("/incidents/<id>/retry", DONE, needs="operate")
def retry(path: Id) -> Response:
    """Let it try again, after its cause is gone"""
    return done(RetryIncident(path.id))
