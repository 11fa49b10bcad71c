"""What of a step is told outside: the jobs that call webhooks and write to people, in the step's own transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from engine.persistence.jobs import Job
from engine.persistence.mails import to_be_written, writing
from engine.persistence.webhooks import Webhooks, telling
from engine.runtime.records import EventRecord


class Outside:
    """`mails`: there is a mail server. Where there is nobody to be told nothing is looked up."""

    def __init__(self, connection: Connection, now: datetime, mails: bool) -> None:
        self._connection, self._now, self.mails = connection, now, mails

    def jobs(self, root_id: str, tells: bool, events: list[EventRecord]) -> list[Job]:
        """`tells`: there are webhooks."""
        jobs = []
        if tells:
            jobs += [telling(*each, self._now) for each in Webhooks(self._connection).to_be_told(root_id, events)]
        if self.mails:
            jobs += [writing(*each, self._now) for each in to_be_written(self._connection, root_id, events)]
        return jobs
