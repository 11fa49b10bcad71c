"""What somebody has started, the last first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Connection, select

from engine.identity import Actor
from engine.persistence.tables import process_instance

LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class LastStarted:
    """Keys of the processes that the actor started, the last used first, with when. Only the latest starts count."""

    permission: ClassVar[str] = "start"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> dict[str, datetime]:
        table = process_instance.c
        own = (table.started_by == (actor.user or ""), table.parent_id.is_(None))
        latest = select(table.key, table.started_at).where(*own).order_by(table.started_at.desc()).limit(LOOKED_AT)
        found: dict[str, datetime] = {}
        for key, at in connection.execute(latest):
            found.setdefault(key, at)
        return found
