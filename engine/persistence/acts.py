"""What was done to the installation, by whom and when: appended to a chain, and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine import values
from engine.persistence import tables
from engine.persistence.act_chain import START, ActLink, Entry, digest_of

HEAD = 1


@dataclass(frozen=True, slots=True)
class Act:
    """`act` is what was done, such as `grant` or `deploy`; `subject` what it was done to; `data` tells more."""

    id: str
    at: datetime
    actor: str | None
    act: str
    subject: str
    data: Mapping[str, Any]


class Acts:
    """Acts are gathered, and written at the end of the command: only then does it hold the end of the chain."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._new: list[Act] = []

    def add(self, act: Act) -> None:
        self._new.append(act)

    def write(self) -> None:
        """Put what was gathered at the end of the chain. Whoever comes second waits until the first has committed."""
        if not self._new:
            return
        last = self._lock_end()
        lines: list[dict[str, Any]] = []
        for act in self._new:
            data = dict(act.data)
            text = values.encode(data)
            entry = Entry(last.number + 1, last.digest, "", act.id, act.at, act.actor, act.act, act.subject, text)
            lines.append(
                {
                    "number": entry.number,
                    "previous": last.digest,
                    "digest": digest_of(entry),
                    "id": act.id,
                    "at": act.at,
                    "actor": act.actor,
                    "act": act.act,
                    "subject": act.subject,
                    "data": data,
                }
            )
            last = ActLink(entry.number, lines[-1]["digest"])
        self._connection.execute(insert(tables.act), lines)
        moved = update(tables.act_head).where(tables.act_head.c.id == HEAD)
        self._connection.execute(moved.values(number=last.number, digest=last.digest))
        self._new.clear()

    def _lock_end(self) -> ActLink:
        head, act = tables.act_head.c, tables.act.c
        held = self._connection.execute(select(head.number, head.digest).where(head.id == HEAD).with_for_update())
        if row := held.first():
            return ActLink(row.number, row.digest)
        # The first act of all; or somebody took the head away, which hinders nobody: what is missing is found later.
        last = self._connection.execute(select(act.number, act.digest).order_by(act.number.desc()).limit(1)).first()
        end = ActLink(last.number, last.digest) if last else ActLink(0, START)
        made = insert(tables.act_head).values(id=HEAD, number=end.number, digest=end.digest)
        self._connection.execute(made)
        return end
