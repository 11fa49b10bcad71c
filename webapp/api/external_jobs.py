"""External jobs: what workers fetch, hold, and end. A fetch may wait until there is something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, current_app
from pydantic import Field

from engine.commands import (
    CompleteExternalJob,
    ExtendLock,
    ExternalJob,
    FailExternalJob,
    FetchExternalJobs,
    ThrowErrorFromJob,
)
from webapp.api import story
from webapp.api.answers import answer, plain
from webapp.api.carry_out import carry_out, done
from webapp.api.polling import Polling
from webapp.api.schemas import DONE, Body, Id, Name, Seconds, Text, Variables, example, one
from webapp.api.subject import Subject

subject = Subject("external-jobs", "Work for programs: fetched by topic, held for a time, then completed or failed.")


class FetchJobs(Body):
    model_config = example(topics=["create-account"], worker="accounts-1", wait_seconds=30)

    topics: list[Name] = Field(min_length=1, max_length=100)
    worker: Name
    max: int = Field(10, ge=1, le=1000)
    lock_seconds: Seconds = Field(300, description="How long a job is the worker's alone.")
    wait_seconds: float = Field(0, ge=0, le=60, description="How long to wait until there is one.")


class Held(Body):
    worker: Name


class CompleteJob(Held):
    model_config = example(worker="accounts-1", variables={"account": "elang"})

    variables: Variables = Field(default_factory=dict)


class FailJob(Held):
    """Without `retries` one less than before; at 0 it becomes an incident. Without a pause it grows by itself."""

    model_config = example(worker="accounts-1", reason="The directory does not answer.", retries=2, pause_seconds=60)

    reason: Text = ""
    fix: Text = ""
    retries: int | None = Field(None, ge=0, le=1000)
    pause_seconds: Seconds | None = None


class ThrownFromJob(Held):
    model_config = example(worker="accounts-1", code="NAME_TAKEN", message="elang is taken")

    code: Name
    message: Text = ""
    variables: Variables = Field(default_factory=dict)


class ExtendHold(Held):
    model_config = example(worker="accounts-1", lock_seconds=600)

    lock_seconds: Seconds


@dataclass(frozen=True, slots=True)
class Fetched:
    items: tuple[ExternalJob, ...]


FETCHED = Fetched(
    (
        ExternalJob(
            id=story.JOB,
            topic="create-account",
            instance_id=story.INSTANCE,
            root_id=story.INSTANCE,
            element_id="create_account",
            definition_id=story.DEFINITION,
            definition_key="it-account-creation",
            business_key=None,
            variables={"account_name": "elang"},
            retries=3,
            priority=0,
            created_at=story.BEGAN,
            lock_until=story.DUE,
        ),
    )
)


@subject.post("/external-jobs/fetch", one(FETCHED), needs="serve")
def fetch(body: FetchJobs) -> Response:
    """Fetch due jobs and hold them, the highest priority first"""
    command = FetchExternalJobs(tuple(body.topics), body.worker, body.max, timedelta(seconds=body.lock_seconds))
    polling: Polling = current_app.extensions["procession-polling"]

    def look() -> Any:
        return carry_out(command, _fetched, settled=_any)

    return answer(polling.wait(body.wait_seconds, look, _any))


@subject.post("/external-jobs/<id>/complete", DONE, needs="serve")
def complete(path: Id, body: CompleteJob) -> Response:
    """Say that it is done, with what came out"""
    return done(CompleteExternalJob(path.id, body.worker, body.variables))


@subject.post("/external-jobs/<id>/fail", DONE, needs="serve")
def fail(path: Id, body: FailJob) -> Response:
    """Say that a try failed"""
    pause = timedelta(seconds=body.pause_seconds) if body.pause_seconds is not None else None
    return done(FailExternalJob(path.id, body.worker, body.reason, body.fix, body.retries, pause))


@subject.post("/external-jobs/<id>/error", DONE, needs="serve")
def throw_error(path: Id, body: ThrownFromJob) -> Response:
    """End it with a BPMN error, which the model catches"""
    return done(ThrowErrorFromJob(path.id, body.worker, body.code, body.message, body.variables))


@subject.post("/external-jobs/<id>/extend", DONE, needs="serve")
def extend(path: Id, body: ExtendHold) -> Response:
    """Hold it longer, from now"""
    return done(ExtendLock(path.id, body.worker, timedelta(seconds=body.lock_seconds)))


def _any(found: dict[str, Any]) -> bool:
    return bool(found["items"])


def _fetched(jobs: list[ExternalJob]) -> dict[str, Any]:
    return {"items": plain(jobs)}
