"""Long work in the background: kept in the database, so that a restart does not lose it and every server shows it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from engine.commands.batches import DoItem, EndItem, LeaveBatch, NoLongerOurs, StartBatch, SweepAside, TakeBatch
from engine.errors import Refusal
from engine.identity import SYSTEM, Actor
from engine.persistence.batches import Batch, BatchItem
from engine.processengine import ProcessEngine
from engine.queries.batches import ActorOf, BatchWaits

log = logging.getLogger("procession.web")
PAUSE = 2.0
SWEEP_EVERY = 3600 / PAUSE


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found out about a thing, where nothing is to be changed."""

    value: Any


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of long work. `title` says what is done with so many things.

    `do` gives for a thing the command that is to be carried out, or an `Answer`; it raises Refusal.
    """

    title: Callable[[int], str]
    do: Callable[[ProcessEngine, Actor, Any], Any]


class Batches:
    """The long work of all servers, as far as this one takes part in it."""

    def __init__(self, engine: ProcessEngine, acts: Mapping[str, Act], threads: int = 2) -> None:
        self.acts = acts
        self._engine = engine
        self._owner = secrets.token_hex(8)
        self._wake = Event()
        self._stopping = False
        self._threads = [
            Thread(target=self._work, args=(number == 0,), name=f"batch-{number}", daemon=True)
            for number in range(threads)
        ]

    def begin(self, actor: Actor, act: str, things: Sequence[tuple[str, Any]], back: str) -> str:
        """Do the act for each thing, by name and value, while its person may go elsewhere; the batch's id."""
        id = self._engine.execute(StartBatch(act, things, back), actor)
        self._wake.set()
        return id

    def start(self) -> None:
        """Take part in it from now on."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Let what is in hand end, and leave the rest to other servers, or to this one when it starts again."""
        self._stopping = True
        self._wake.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def run_waiting(self) -> int:
        """Do what waits now, in this thread; how many batches that was."""
        count = 0
        while not self._stopping and self._run_next():
            count += 1
        return count

    def _work(self, sweeps: bool) -> None:
        turns = 0
        while not self._stopping:
            try:
                if sweeps and turns % SWEEP_EVERY == 0:
                    self._engine.execute(SweepAside(), SYSTEM)
                self.run_waiting()
            except Exception as error:
                # A database that is away for a moment must not end the thread.
                log.error("long work is interrupted", exc_info=error)
            turns += 1
            self._wake.wait(PAUSE)
            self._wake.clear()

    def _run_next(self) -> bool:
        if not self._engine.query(BatchWaits(), SYSTEM):
            return False
        # Each turn is an owner of its own: two threads of one server do not take each other's work for theirs.
        owner = f"{self._owner}-{secrets.token_hex(4)}"
        taken = self._engine.execute(TakeBatch(owner), SYSTEM)
        if taken is None:
            return False
        batch, left = taken
        for item in left:
            if self._stopping:
                self._engine.execute(LeaveBatch(batch.id, owner, ended=False), SYSTEM)
                return True
            try:
                self._do(batch, item, owner)
            except NoLongerOurs:
                return True
        self._engine.execute(LeaveBatch(batch.id, owner, ended=True), SYSTEM)
        return True

    def _do(self, batch: Batch, item: BatchItem, owner: str) -> None:
        try:
            act, actor = self.acts.get(batch.act), self._engine.query(ActorOf(batch.user_id), SYSTEM)
            if act is None or actor is None:
                raise Refusal("This work was begun by somebody, or in a way, that is not known here any more.")
            sentence = act.do(self._engine, actor, item.thing)
            if isinstance(sentence, Answer):
                self._engine.execute(EndItem(item, owner, sentence.value), SYSTEM)
            else:
                self._engine.execute(DoItem(item, owner, sentence), actor)
        except NoLongerOurs:
            raise
        except Refusal as refusal:
            self._engine.execute(EndItem(item, owner, reason=f"{refusal.message} {refusal.fix}".strip()), SYSTEM)
        except Exception as error:
            # One thing that breaks must not take the others with it; the log has what it was.
            log.error("batch %s: %s", batch.id, item.name, exc_info=error)
            reason = f"It broke on our side. The log has it under {batch.id}."
            self._engine.execute(EndItem(item, owner, reason=reason), SYSTEM)
