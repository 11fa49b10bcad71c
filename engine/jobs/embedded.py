"""The runner inside the server: one thread that acquires due jobs, and some that do them."""

from __future__ import annotations

import logging
import queue
import threading
import uuid
from collections.abc import Sequence
from datetime import timedelta

from engine.clock import Clock
from engine.errors import Refusal
from engine.jobs.port import Work
from engine.persistence.jobs import Job

log = logging.getLogger(__name__)


class EmbeddedRunner:
    """Sleeps until the next job is due, it is woken, or `poll` is over, so that other servers' jobs are found.

    No more jobs are leased than the threads can begin at once: a lease that waits in a queue is one that may run out.
    """

    def __init__(self, work: Work, clock: Clock, *, threads: int, poll: timedelta) -> None:
        self.work = work
        self.clock = clock
        self.count = threads
        self.poll = poll
        self.owner = uuid.uuid4().hex
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._free = threading.Semaphore(threads)
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        if self._threads or self.count < 1:
            return
        self._stopping.clear()
        self._threads = [threading.Thread(target=self._acquire_all, name="jobs-acquire", daemon=True)]
        for number in range(self.count):
            self._threads.append(threading.Thread(target=self._perform_all, name=f"jobs-{number}", daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._woken.set()
        for _ in self._threads[1:]:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()
        self._threads = []

    def wake(self) -> None:
        self._woken.set()

    def run_due(self, limit: int = 100_000) -> int:
        done = 0
        while done < limit:
            jobs = self.work.acquire(self.owner, min(50, limit - done))
            if not jobs:
                return done
            for job in jobs:
                self.work.perform(job, self.owner)
            done += len(jobs)
        return done

    def _acquire_all(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            free = self._take_free()
            jobs = self._acquire(free) if free else ()
            for job in jobs:
                self._queue.put(job)
            if len(jobs) < free:
                self._free.release(free - len(jobs))
            # All that were free got a job: there may be more, and a thread that finishes says so.
            if len(jobs) < free or not free:
                self._woken.wait(self._pause() if free else self.poll.total_seconds())

    def _take_free(self) -> int:
        free = 0
        while free < self.count and self._free.acquire(blocking=False):
            free += 1
        return free

    def _acquire(self, limit: int) -> Sequence[Job]:
        try:
            return self.work.acquire(self.owner, limit)
        except Refusal as refusal:
            log.warning("No jobs acquired: %s", refusal)
        except Exception:
            # A database that is away for a while must not end the runner; it looks again after the pause.
            log.exception("No jobs acquired")
        return ()

    def _pause(self) -> float:
        poll = self.poll.total_seconds()
        try:
            due = self.work.next_due()
        except Exception:
            log.exception("Cannot see when the next job is due")
            return poll
        if due is None:
            return poll
        return min(max((due - self.clock.now()).total_seconds(), 0.01), poll)

    def _perform_all(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                self.work.perform(job, self.owner)
            except Exception:
                # The lease runs out and the job is taken again, here or elsewhere.
                log.exception("Job %s (%s) was not done", job.id, job.kind)
            finally:
                self._free.release()
                self._woken.set()
