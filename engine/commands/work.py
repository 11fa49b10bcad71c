"""Jobs as runners get them: acquired, done and failed by commands, each in its own transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from engine.commands.job_outcomes import AcquireJobs, CompleteServiceJob, FailJob, KeepLease, ThrowFromServiceJob
from engine.commands.run_job import RunJob
from engine.commands.webhooks import CompleteSending
from engine.errors import Refusal
from engine.identity import SYSTEM
from engine.jobs.heartbeat import Heartbeat
from engine.persistence.jobs import Job
from engine.queries.mails import Notice, NoticeOf
from engine.queries.runner import NextDue, ServiceCallOf
from engine.queries.webhooks import WebhookCallOf
from engine.services import BpmnError, Connectors, ServiceFailed
from engine.services.mail import Letter, MailServer

if TYPE_CHECKING:
    from engine.processengine import ProcessEngine

log = logging.getLogger(__name__)
KINDS = ("timer", "async", "service", "message", "signal", "webhook")
MAIL = (*KINDS, "mail")
Writer = Callable[[Notice], tuple[str, str]]
"""Puts a notice into words: subject and text."""


class CommandedWork:
    """The work of one engine (the port is `engine.jobs.Work`)."""

    def __init__(self, engine: ProcessEngine, connectors: Connectors) -> None:
        self.engine = engine
        self.connectors = connectors
        self.letters: tuple[Writer, MailServer] | None = None

    @property
    def writes(self) -> bool:
        """Whether there is mail here. A server without it leaves letters to the others."""
        return self.letters is not None

    @property
    def _kinds(self) -> tuple[str, ...]:
        return MAIL if self.writes else KINDS

    def acquire(self, owner: str, limit: int) -> Sequence[Job]:
        if self.engine.query(NextDue(self._kinds, now_only=True), SYSTEM) is None:
            return ()
        return self.engine.execute(AcquireJobs(owner, limit, self.engine.settings.lease, self._kinds), SYSTEM)

    def next_due(self) -> datetime | None:
        return self.engine.query(NextDue(self._kinds), SYSTEM)

    def perform(self, job: Job, owner: str) -> None:
        try:
            if job.kind == "service":
                self._call(job, owner)
            elif job.kind == "webhook":
                self._tell(job, owner)
            elif job.kind == "mail":
                self._write(job, owner)
            else:
                self.engine.execute(RunJob(job, owner, self.engine.settings.message_life), SYSTEM)
        except ServiceFailed as failure:
            self._fail(job, owner, failure.code, failure.reason, failure.fix, failure.lasting)
        except Refusal as refusal:
            self._fail(job, owner, "refused", refusal.message, refusal.fix)
        except Exception as failure:
            code, reason = getattr(failure, "code", "failed"), getattr(failure, "reason", None)
            if reason is None:
                log.exception("Job %s (%s at %s) failed", job.id, job.kind, job.element_id)
            self._fail(job, owner, code, reason or f"{type(failure).__name__}: {failure}", getattr(failure, "fix", ""))

    def _call(self, job: Job, owner: str) -> None:
        """Call the outside, without a transaction, then write down how it ended."""
        call = self.engine.query(ServiceCallOf(job.id, owner), SYSTEM)
        if call is None:
            return

        def keep_lease() -> None:
            self.engine.execute(KeepLease(job.id, owner, self.engine.settings.lease), SYSTEM)

        try:
            with Heartbeat(self.engine.settings.lease.total_seconds() / 3, keep_lease):
                outcome = self.connectors.call(call)
        except BpmnError as error:
            self.engine.execute(ThrowFromServiceJob(job.id, owner, error.code, error.message, error.variables), SYSTEM)
        else:
            self.engine.execute(CompleteServiceJob(job.id, owner, outcome.variables), SYSTEM)

    def _tell(self, job: Job, owner: str) -> None:
        """Send a message outside. The lease is longer than a sending takes."""
        call = self.engine.query(WebhookCallOf(job.id, owner), SYSTEM)
        if call is not None:
            self.connectors.call(call)
        self.engine.execute(CompleteSending(job.id, owner), SYSTEM)

    def _write(self, job: Job, owner: str) -> None:
        """Hand a letter to the mail server."""
        if self.letters is None:
            raise ServiceFailed(
                "There is no mail server here.", fix="Set PROCESSION_SMTP_URL, or let another server do it."
            )
        notice = self.engine.query(NoticeOf(job.id, owner), SYSTEM)
        if notice is not None:
            writer, server = self.letters
            subject, text = writer(notice)
            server.send(Letter(notice.key, notice.address, notice.name, subject, text, self.engine.clock.now()))
        self.engine.execute(CompleteSending(job.id, owner), SYSTEM)

    def _fail(self, job: Job, owner: str, code: str, reason: str, fix: str = "", lasting: bool = False) -> None:
        self.engine.execute(FailJob(job.id, owner, code, reason, fix, lasting), SYSTEM)
