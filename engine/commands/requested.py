"""A command as a program sends it: once however often it is sent, and only if nothing has changed meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, is_dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from engine import values
from engine.commands.once import once
from engine.commands.prepare import prepared
from engine.errors import Conflict, NotFound
from engine.persistence.hold import hold
from engine.persistence.instances import root_of

if TYPE_CHECKING:
    from engine.commands.prepare import Ask
    from engine.queries.query import Query
    from engine.unitofwork import UnitOfWork


class HasChanged(Conflict):
    """It has changed since you read it."""

    status: ClassVar[int] = 412


class Sent(Protocol):
    """A command, which executes or prepares one that does."""

    @property
    def permission(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What `question` answers must still have one of these versions; `of` names what its root's lock guards."""

    question: Query[Any]
    versions: frozenset[str]
    of: str | None = None

    def check(self, uow: UnitOfWork) -> None:
        if self._now(uow) not in self.versions:
            raise HasChanged(fix="Read it again, then decide whether you still want this.")

    def _now(self, uow: UnitOfWork) -> str | None:
        """None: it is gone, or no longer for this actor; whoever never saw it is told the same."""
        try:
            if self.of is not None:
                uow.lock(root_of(self.of))
            else:
                hold(uow.connection, repr(self.question))
            return version_of(self.question.fetch(uow.connection, uow.actor, uow.now))
        except NotFound:
            return None


@dataclass(frozen=True, slots=True)
class Requested:
    """`command`, sent under a key; `said` is a fingerprint of the request. `shown` makes of its result what is kept.

    What is not `settled` is not kept: who waits for something under a key is not told for ever that there is nothing.
    """

    command: Sent
    shown: Callable[[Any], Any]
    key: str | None = None
    said: str = ""
    unchanged: Unchanged | None = None
    settled: Callable[[Any], bool] = lambda result: True

    @property
    def permission(self) -> str:
        return self.command.permission

    @property
    def by_process(self) -> bool:
        return bool(getattr(self.command, "by_process", False))

    def prepare(self, ask: Ask) -> Requested:
        return replace(self, command=prepared(self.command, ask))

    def execute(self, uow: UnitOfWork) -> Any:
        return once(uow, self.key, self.command, self._carry_out, said=self.said, settled=self.settled)

    def _carry_out(self, uow: UnitOfWork) -> Any:
        if self.unchanged is not None:
            self.unchanged.check(uow)
        command: Any = self.command
        return self.shown(command.execute(uow))


def version_of(answer: Any) -> str:
    """A short text that differs when the answer does."""
    plain = {name: _plain(each) for name, each in answer.items()} if isinstance(answer, dict) else _plain(answer)
    return hashlib.sha256(values.encode(plain, max_bytes=1_000_000_000).encode()).hexdigest()[:32]


def _plain(answer: Any) -> Any:
    return asdict(answer) if is_dataclass(answer) and not isinstance(answer, type) else answer
