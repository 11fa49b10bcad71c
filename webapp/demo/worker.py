"""The worker of the demo's company: makes accounts and mailboxes, and meets what such a worker meets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands import CompleteExternalJob, ExternalJob, FailExternalJob, FetchExternalJobs, ThrowErrorFromJob
from engine.identity import Actor
from engine.processengine import ProcessEngine

TOPICS = ("create-account", "create-mailbox", "remove-account")
NAME = "account-worker"
PROGRAM = Actor(user=None, permissions=frozenset({"serve"}))


def work(engine: ProcessEngine, facts: Mapping[str, Mapping[str, Any]]) -> None:
    """Do the jobs that wait; `facts` by business key say which name is taken, and what else goes wrong."""
    while jobs := engine.execute(FetchExternalJobs(TOPICS, NAME), PROGRAM):
        for job in jobs:
            engine.execute(_outcome(job, facts.get(job.business_key or "", {})), PROGRAM)


def _outcome(job: ExternalJob, facts: Mapping[str, Any]) -> CompleteExternalJob | FailExternalJob | ThrowErrorFromJob:
    name = job.variables.get("account_name")
    if facts.get("unreachable"):
        return FailExternalJob(
            job.id, NAME, "The directory does not answer.", "Start the directory server, then retry.", retries=0
        )
    if job.topic == "create-account" and name == facts.get("taken"):
        return ThrowErrorFromJob(job.id, NAME, "NAME_TAKEN", f"{name} is somebody else's.")
    if job.topic == "create-mailbox" and facts.get("no_mailbox"):
        return ThrowErrorFromJob(job.id, NAME, "NO_MAILBOX", "No licence is left.")
    mailbox = {"mail_address": f"{name}@company.example"} if job.topic == "create-mailbox" else {}
    return CompleteExternalJob(job.id, NAME, mailbox)
