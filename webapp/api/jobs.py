"""Jobs and incidents: what operators look after."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import Field

from engine.commands import ExecuteJob, RetryIncident, SetJobRetries, UnlockJob
from engine.queries import IncidentList, JobList
from engine.queries.waits import IncidentRow, JobRow
from webapp.api.answers import listed
from webapp.api.carry_out import done
from webapp.api.schemas import DONE, Body, Id, Moment, Paged, Text, many
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("jobs", "Work for runners and workers, and what stopped for good.")


class WantedJobs(Paged):
    instance_id: Text | None = None
    kind: Literal["timer", "async", "service", "external", "message", "signal", "webhook"] | None = None
    topic: Text | None = None
    exhausted: bool | None = Field(None, description="Those without tries left, or with some.")
    failing: bool = Field(False, description="Those that have failed and have tries left.")
    due_before: Moment | None = None


class WantedIncidents(Paged):
    instance_id: Text | None = None
    definition_key: Text | None = None
    element_id: Text | None = None
    code: Text | None = None


class Retries(Body):
    retries: int = Field(ge=0, le=1000)


@subject.get("/jobs", many(JobRow), needs="operate")
def list_all(query: WantedJobs) -> Response:
    """Jobs by the time they are due"""
    return listed(ask(JobList(**query.model_dump())))


@subject.post("/jobs/<id>/execute", DONE, needs="operate")
def execute_now(path: Id) -> Response:
    """Do a job now, whenever it is due"""
    return done(ExecuteJob(path.id))


@subject.put("/jobs/<id>/retries", DONE, needs="operate")
def set_retries(path: Id, body: Retries) -> Response:
    """Say how many tries a job has left"""
    return done(SetJobRetries(path.id, body.retries))


@subject.post("/jobs/<id>/unlock", DONE, needs="operate")
def unlock(path: Id) -> Response:
    """Take the lease away from whoever has it"""
    return done(UnlockJob(path.id))


@subject.get("/incidents", many(IncidentRow))
def incidents(query: WantedIncidents) -> Response:
    """What stopped, the newest first, with what to do"""
    return listed(ask(IncidentList(**query.model_dump())))


@subject.post("/incidents/<id>/retry", DONE, needs="operate")
def retry(path: Id) -> Response:
    """Let it try again, after its cause is gone"""
    return done(RetryIncident(path.id))
