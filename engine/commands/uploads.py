"""A file is kept from its upload to its deployment, for a day, where every server finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from engine.errors import Invalid
from engine.persistence.ids import new_id
from engine.persistence.uploads import Upload, Uploads

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork

LIFE = timedelta(days=1)
MOST = 3000
MOST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeepUploads:
    """Keep files by name and content. Returns their ids in the same order; the sender's oldest make room."""

    permission: ClassVar[str] = "deploy"
    files: Sequence[tuple[str, bytes]] = field(repr=False)

    def execute(self, uow: UnitOfWork) -> list[str]:
        user = uow.actor.user
        if user is None:
            raise Invalid("Only a person uploads something.")
        if len(self.files) > MOST:
            raise Invalid(f"That is more than {MOST:,} files.", fix="Send them in parts.")
        uploads = Uploads(uow.connection)
        uploads.drop_older(uow.now - LIFE)
        coming = sum(len(content) for _, content in self.files)
        uploads.make_room(user, MOST - len(self.files), MOST_BYTES - coming)
        kept = [Upload(new_id(uow.now), user, name, len(content), uow.now, content) for name, content in self.files]
        uploads.add(kept)
        return [each.id for each in kept]
