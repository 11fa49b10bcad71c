"""The engine as its users see it: commands go in, queries are answered, and nothing else writes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar

import bpmn
from engine.clock import Clock, SystemClock
from engine.commands.prepare import Ask, prepared
from engine.commands.work import CommandedWork, Writer
from engine.compiler import compile_process
from engine.errors import Conflict, Forbidden, Invalid
from engine.identity import SYSTEM, Actor
from engine.jobs import EmbeddedRunner
from engine.persistence import Database, LostRace, migrate
from engine.persistence.definitions import ProcessDefinition
from engine.persistence.library import Specs
from engine.persistence.liveroots import LiveRoots
from engine.queries.query import Query
from engine.runtime.root import Root
from engine.services.binding import Binding
from engine.services.mail import MailServer
from engine.services.python_callable import PythonCallable
from engine.services.registry import connectors
from engine.settings import Settings
from engine.spiff.process_spec import ProcessSpec
from engine.unitofwork import UnitOfWork

Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)
LONGEST_PAUSE = 0.2


class Command(Protocol[Result_co]):
    """A sentence that changes something: a frozen dataclass with the permission it takes."""

    @property
    def permission(self) -> str: ...

    def execute(self, uow: UnitOfWork) -> Result_co: ...


class Prepares(Protocol[Result_co]):
    """A command of which a part takes long, such as hashing a password: done before the transaction begins."""

    @property
    def permission(self) -> str: ...

    def prepare(self, ask: Ask) -> Command[Result_co]: ...


class ProcessEngine:
    """Runs processes whose state is kept in one database. Any number of engines may share it."""

    def __init__(self, database_url: str, *, clock: Clock | None = None, settings: Settings | None = None) -> None:
        self.clock = clock or SystemClock()
        self.settings = settings or Settings()
        self.database = Database(database_url, connections=self.settings.connections)
        migrate(self.database)
        self._live = LiveRoots(self.settings.live_roots)
        self._specs = Specs(partial(_compile, PythonCallable(self.settings.python_modules)), self.settings.live_specs)
        self._listeners: list[Callable[[datetime], None]] = []
        self._watchers: list[Callable[[Command[Any] | Prepares[Any], float], None]] = []
        self._work = CommandedWork(self, connectors(self.settings.python_modules, self.settings.private_addresses))
        self._runner = EmbeddedRunner(
            self._work, self.clock, threads=self.settings.runner_threads, poll=self.settings.poll
        )

    def execute(self, command: Command[Result] | Prepares[Result], actor: Actor) -> Result:
        """Carry out a command in one transaction. One that loses a race is repeated before its sender hears of it."""
        _require(command, actor)
        began = time.perf_counter()
        left: Command[Result] = prepared(command, self._ask)
        for attempt in range(self.settings.tries):
            try:
                result = self._once(left, actor)
                for watcher in self._watchers:
                    watcher(command, time.perf_counter() - began)
                return result
            except LostRace:
                time.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.002 * 2**attempt)))
        raise Conflict(fix="Look at it as it is now, then try again.")

    def query(self, query: Query[Result], actor: Actor) -> Result:
        """Answer a question. Nothing is written."""
        _require(query, actor)
        with self.database.reading() as connection:
            return query.fetch(connection, actor, self.clock.now())

    def when_job_written(self, listener: Callable[[datetime], None]) -> None:
        """Call `listener` after each commit that wrote a job, with the time the earliest of them is due."""
        self._listeners.append(listener)

    def when_done(self, watcher: Callable[[Command[Any] | Prepares[Any], float], None]) -> None:
        """Call `watcher` after each command that was carried out, with the seconds it took, repetitions included."""
        self._watchers.append(watcher)

    def write_letters(self, writer: Writer) -> None:
        """Let people who wish it be told by mail, in the words of `writer`. Raises ValueError without a mail server."""
        self._work.letters = (writer, MailServer(self.settings.smtp_url, self.settings.mail_from))

    def start_runners(self) -> None:
        """Let this server's threads run jobs from now on."""
        self.when_job_written(lambda due: self._runner.wake())
        self._runner.start()

    def run_due(self) -> int:
        """Run what is due now, and what becomes due by it, in this thread; how many jobs that was."""
        return self._runner.run_due()

    def stop(self) -> None:
        """Let jobs in hand end, and close the database."""
        self._runner.stop()
        self.close()

    def close(self) -> None:
        """Close the database of an engine that runs no jobs by itself."""
        self.database.close()

    def _ask(self, query: Query[Any]) -> Any:
        return self.query(query, SYSTEM)

    def _once(self, command: Command[Result], actor: Actor) -> Result:
        with self.database.writing() as connection:
            now, failures = self.clock.now(), self.settings.failures
            uow = UnitOfWork(
                connection, self._live, self._specs, Root, now, actor, failures, command.permission, self._work.writes
            )
            result = command.execute(uow)
            uow.commit(self.database)
        if uow.due is not None:
            for listener in self._listeners:
                listener(uow.due)
        for job in uow.leased:
            self._work.perform(job, job.lease_owner or "")
        return result


def _require(sentence: Command[Any] | Prepares[Any] | Query[Any], actor: Actor) -> None:
    """What is `by_process` is let in by a grant, too; it looks itself at which process it is about."""
    permission = sentence.permission
    allowed = actor.may_somewhere(permission) if getattr(sentence, "by_process", False) else actor.may(permission)
    if not allowed:
        who = actor.user or "Somebody who is not signed in"
        raise Forbidden(f"{who} may not {permission}.", fix="Ask an administrator for the permission.")


def _compile(
    programs: PythonCallable, content: bytes, definition: ProcessDefinition, bindings: Mapping[str, Binding]
) -> ProcessSpec:
    reading = bpmn.read(content, definition.resource)
    if reading.definitions is None:
        raise Invalid(f"{definition.resource} cannot be read.", fix="Deploy the file again.")
    guided, process_id = definition.guided, definition.process_id
    return compile_process(reading.definitions, process_id, guided=guided, bindings=bindings, programs=programs)
