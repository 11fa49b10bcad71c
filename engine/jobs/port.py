"""The port between what has to be done (jobs) and who does it (runners): threads of this server, or other machines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from engine.persistence.jobs import Job


class Work(Protocol):
    """Where a runner gets jobs from; each method is a transaction of its own."""

    def acquire(self, owner: str, limit: int) -> Sequence[Job]:
        """Lease at most `limit` due jobs to `owner`, the earliest due first."""
        ...

    def perform(self, job: Job, owner: str) -> None:
        """Do a leased job. What goes wrong with it ends as another try or an incident; it is not raised."""
        ...

    def next_due(self) -> datetime | None:
        """When there will be something to acquire; None if nothing is waiting."""
        ...


class JobRunner(Protocol):
    """Somebody who does jobs. `wake` says that there may be new ones; `stop` waits for those in hand."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def wake(self) -> None: ...

    def run_due(self, limit: int = ...) -> int:
        """Do in this thread all that is due now, and what becomes due by it; how many jobs that was."""
        ...
