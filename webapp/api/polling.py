"""Waiting for work without asking again and again: a fetch sleeps until a job is written, or until its time is over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

Found = TypeVar("Found")
LOOK_AGAIN = 2.0
"""Seconds after which a waiting fetch looks by itself: jobs fall due, and other servers write some."""


class Polling:
    """At most `most` requests wait at once, so that the others still find a thread; who comes then is answered."""

    def __init__(self, most: int) -> None:
        self._places = threading.Semaphore(most)
        self._written = threading.Condition()
        self._count = 0
        self._stopped = False

    def written(self, due: datetime) -> None:
        """A job was written: whoever waits looks."""
        with self._written:
            self._count += 1
            self._written.notify_all()

    def stop(self) -> None:
        """Let nobody wait any more."""
        self._stopped = True
        with self._written:
            self._written.notify_all()

    def wait(self, seconds: float, look: Callable[[], Found], enough: Callable[[Found], object]) -> Found:
        """What `look` finds, as soon as it is `enough`, or at the end."""
        # Counted before looking: what is written meanwhile is not slept through.
        seen, end = self._count, time.monotonic() + seconds
        found = look()
        if seconds <= 0 or enough(found) or not self._places.acquire(blocking=False):
            return found
        try:
            while not enough(found) and not self._stopped and (left := end - time.monotonic()) > 0:
                seen = self._sleep(seen, min(left, LOOK_AGAIN))
                found = look()
        finally:
            self._places.release()
        return found

    def _sleep(self, seen: int, seconds: float) -> int:
        with self._written:
            self._written.wait_for(lambda: self._count != seen or self._stopped, seconds)
            return self._count
