"""Long work: begun by a person, gone through by whatever server has time; each thing is a transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from engine.commands.uploads import LIFE as UPLOAD_LIFE
from engine.errors import Invalid
from engine.permissions import ANYTHING
from engine.persistence.batches import Batch, Batches, BatchItem
from engine.persistence.ids import new_id
from engine.persistence.uploads import Uploads

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork

LIFE = timedelta(days=7)
LEASE = timedelta(seconds=60)
MOST = 10_000


class NoLongerOurs(Exception):
    """Another server works on the batch, or has done this thing of it: what was just done is taken back."""


@dataclass(frozen=True, slots=True)
class StartBatch:
    """Do `act` for each thing, by name and value. `back` is the page it was begun on. Returns the batch's id."""

    permission: ClassVar[str] = "read"
    act: str
    things: Sequence[tuple[str, Any]] = field(repr=False)
    back: str = "/"

    def execute(self, uow: UnitOfWork) -> str:
        if uow.actor.user is None:
            raise Invalid("Only a person begins long work.")
        if not 0 < len(self.things) <= MOST:
            raise Invalid(f"Long work is about 1 to {MOST:,} things.", fix="Do it in parts.")
        batch = Batch(new_id(uow.now), uow.actor.user, self.act, self.back, len(self.things), uow.now)
        items = [BatchItem(batch.id, number, name, thing) for number, (name, thing) in enumerate(self.things)]
        Batches(uow.connection).add(batch, items)
        return batch.id


@dataclass(frozen=True, slots=True)
class TakeBatch:
    """Lease the oldest batch that nobody works on, with the things that are left of it; None if there is none."""

    permission: ClassVar[str] = ANYTHING
    owner: str

    def execute(self, uow: UnitOfWork) -> tuple[Batch, tuple[BatchItem, ...]] | None:
        batches = Batches(uow.connection)
        batch = batches.take(self.owner, uow.now, uow.now + LEASE)
        return (batch, batches.left(batch.id)) if batch else None


@dataclass(frozen=True, slots=True)
class DoItem:
    """Carry out `command` for one thing and write down that it is done, both or neither. Sent as the batch's person."""

    item: BatchItem
    owner: str
    command: Any

    @property
    def permission(self) -> str:
        return str(self.command.permission)

    @property
    def by_process(self) -> bool:
        return bool(getattr(self.command, "by_process", False))

    def execute(self, uow: UnitOfWork) -> None:
        _end(uow, self.item, self.owner, "done", None, None)
        self.command.execute(uow)


@dataclass(frozen=True, slots=True)
class EndItem:
    """Write down what one thing came to: its result, or the reason why it was refused."""

    permission: ClassVar[str] = ANYTHING
    item: BatchItem
    owner: str
    result: Any = None
    reason: str | None = None

    def execute(self, uow: UnitOfWork) -> None:
        _end(uow, self.item, self.owner, "done" if self.reason is None else "refused", self.result, self.reason)


@dataclass(frozen=True, slots=True)
class LeaveBatch:
    """Work on it no longer: all is done, or (`ended` False) another server shall go on."""

    permission: ClassVar[str] = ANYTHING
    id: str
    owner: str
    ended: bool

    def execute(self, uow: UnitOfWork) -> None:
        batches = Batches(uow.connection)
        if self.ended:
            batches.end(self.id, self.owner, uow.now)
        else:
            batches.let_go(self.id, self.owner)


@dataclass(frozen=True, slots=True)
class SweepAside:
    """Drop uploads of more than a day and long work of more than a week ago."""

    permission: ClassVar[str] = ANYTHING

    def execute(self, uow: UnitOfWork) -> None:
        Uploads(uow.connection).drop_older(uow.now - UPLOAD_LIFE)
        Batches(uow.connection).drop_older(uow.now - LIFE)


def _end(uow: UnitOfWork, item: BatchItem, owner: str, state: str, result: Any, reason: str | None) -> None:
    batches = Batches(uow.connection)
    ours = batches.keep(item.batch_id, owner, uow.now + LEASE)
    if not (ours and batches.end_item(item.batch_id, item.number, state, result, reason)):
        raise NoLongerOurs
