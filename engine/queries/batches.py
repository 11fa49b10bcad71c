"""Long work and uploads as who began them sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, Connection, case, func, or_, select

from engine.errors import NotFound
from engine.forms.documents import ENDINGS
from engine.identity import Actor
from engine.permissions import ANYTHING
from engine.persistence import rows
from engine.persistence.batches import Batch, BatchItem, is_free, read_batch, read_item
from engine.persistence.tables import batch, batch_item, upload
from engine.persistence.tables import user as user_table
from engine.persistence.uploads import Upload
from engine.queries.identities import actor_of


@dataclass(frozen=True, slots=True)
class Progress:
    """A batch and how many of its things are done, refused ones included."""

    batch: Batch
    done: int
    refused: int

    @property
    def finished(self) -> bool:
        return self.batch.ended_at is not None

    @property
    def share(self) -> int:
        """Done of all, in percent."""
        return 100 * self.done // self.batch.total


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far a batch of the actor's is. Raises NotFound."""

    permission: ClassVar[str] = "read"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Progress:
        row = connection.execute(read_batch.where(_own(actor), batch.c.id == self.id)).first()
        if row is None:
            raise NotFound("This work is not known any more.", fix="What it had done is done; look at the list.")
        done = func.count(case((batch_item.c.state != "open", 1)))
        refused = func.count(case((batch_item.c.state == "refused", 1)))
        counts = connection.execute(select(done, refused).where(batch_item.c.batch_id == self.id)).one()
        return Progress(Batch(*row), *counts)


@dataclass(frozen=True, slots=True)
class BatchItems:
    """The things of a batch of the actor's, refused ones first."""

    permission: ClassVar[str] = "read"
    id: str
    state: str | None = None
    limit: int = 10_000

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[BatchItem, ...]:
        own = select(batch.c.id).where(_own(actor), batch.c.id == self.id)
        wanted = read_item.where(batch_item.c.batch_id.in_(own))
        if self.state is not None:
            wanted = wanted.where(batch_item.c.state == self.state)
        ordered = wanted.order_by(case((batch_item.c.state == "refused", 0), else_=1), batch_item.c.number)
        return tuple(BatchItem(*row) for row in connection.execute(ordered.limit(self.limit)))


@dataclass(frozen=True, slots=True)
class BatchList:
    """The actor's batches of the last week, the newest first."""

    permission: ClassVar[str] = "read"
    limit: int = 20

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[Batch, ...]:
        found = connection.execute(read_batch.where(_own(actor)).order_by(batch.c.id.desc()).limit(self.limit))
        return tuple(Batch(*row) for row in found)


@dataclass(frozen=True, slots=True)
class BatchWaits:
    """Whether any batch waits for a server; asked by servers, often."""

    permission: ClassVar[str] = ANYTHING

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> bool:
        return connection.execute(select(batch.c.id).where(is_free(now)).limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class ActorOf:
    """The user as they act now; None if they may not sign in any more. Asked for work that goes on without them."""

    permission: ClassVar[str] = ANYTHING
    user: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Actor | None:
        active = (user_table.c.id == self.user, user_table.c.active)
        row = connection.execute(select(user_table.c.permissions).where(*active)).first()
        return actor_of(connection, self.user, row.permissions) if row else None


@dataclass(frozen=True, slots=True)
class UploadOf:
    """A file that the actor uploaded. Raises NotFound when it is another's, deployed long ago or never was."""

    permission: ClassVar[str] = "deploy"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Upload:
        own = rows.read(upload, Upload).where(upload.c.id == self.id, upload.c.user_id == (actor.user or ""))
        row = connection.execute(own).first()
        if row is None:
            raise NotFound("This upload is not here any more.", fix="Upload the file again.")
        return Upload(*row)


@dataclass(frozen=True, slots=True)
class FormsBeside:
    """The forms that came with an upload of the actor's, by name."""

    permission: ClassVar[str] = "deploy"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> dict[str, bytes]:
        own = select(upload.c.user_id, upload.c.at).where(upload.c.id == self.id, upload.c.user_id == actor.user)
        model = connection.execute(own).first()
        if model is None:
            return {}
        # What is sent together is kept at one moment.
        together = (upload.c.user_id == model.user_id, upload.c.at == model.at, upload.c.id != self.id)
        named = or_(*(func.lower(upload.c.name).endswith(ending, autoescape=True) for ending in ENDINGS))
        found = connection.execute(select(upload.c.name, upload.c.content).where(*together, named))
        return {row.name: row.content for row in found}


def _own(actor: Actor) -> ColumnElement[bool]:
    return batch.c.user_id == (actor.user or "")
