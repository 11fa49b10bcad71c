"""Long work in the background: a command for each of many things, with progress that one may leave and come back to.

It lives in this process. Each thing is a transaction of its own, so a restart loses the count and nothing else.
"""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from engine.errors import NotFound, Refusal

log = logging.getLogger("procession.web")
T = TypeVar("T")
MOST_KEPT = 200
MOST_TOLD = 200


@dataclass(slots=True)
class Batch:
    """`results` are what each thing came to, in order; `failures` the first that were refused, with the reason."""

    id: str
    user: str
    title: str
    back: str
    total: int
    done: int = 0
    refused: int = 0
    future: Future[None] | None = None
    results: list[Any] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        return self.future is not None and self.future.done()

    @property
    def share(self) -> int:
        """Done of all, in percent."""
        return 100 * self.done // self.total if self.total else 100


class Batches:
    """The batches of this server, the newest of them."""

    def __init__(self, threads: int = 2) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="batch")
        self._batches: OrderedDict[str, Batch] = OrderedDict()
        self._lock = Lock()
        self._stopping = False

    def start(
        self,
        user: str,
        title: str,
        back: str,
        things: Sequence[T],
        work: Callable[[T], Any],
        name: Callable[[T], str] = str,
    ) -> Batch:
        """Do `work` for each thing, one after the other, while the reader may go elsewhere."""
        batch = Batch(secrets.token_urlsafe(12), user, title, back, len(things))
        with self._lock:
            self._batches[batch.id] = batch
            while len(self._batches) > MOST_KEPT:
                self._batches.popitem(last=False)
        batch.future = self._pool.submit(self._run, batch, things, work, name)
        return batch

    def get(self, id: str, user: str) -> Batch:
        """The batch, if this user started it. Raises NotFound."""
        with self._lock:
            batch = self._batches.get(id)
        if batch is None or batch.user != user:
            raise NotFound("This work is not known any more.", fix="What it had done is done; look at the list.")
        return batch

    def close(self) -> None:
        """Let what is in hand end, and leave the rest undone."""
        self._stopping = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, batch: Batch, things: Sequence[T], work: Callable[[T], Any], name: Callable[[T], str]) -> None:
        for thing in things:
            try:
                batch.results.append(work(thing))
            except Refusal as refusal:
                self._refused(batch, name(thing), refusal.message)
            except Exception as error:
                # One thing that breaks must not take the others with it; the log has what it was.
                log.error("batch %s: %s", batch.id, name(thing), exc_info=error)
                self._refused(batch, name(thing), f"It broke on our side. The log has it under {batch.id}.")
            batch.done += 1
            if self._stopping:
                return

    @staticmethod
    def _refused(batch: Batch, name: str, reason: str) -> None:
        batch.refused += 1
        if len(batch.failures) < MOST_TOLD:
            batch.failures.append((name, reason))
