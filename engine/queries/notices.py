"""News for a person: comments that mention them; and who a mention would reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, func, select

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.tables import comment, mention, process_definition, process_instance, user, user_task
from engine.queries.identities import actor_of
from engine.queries.page import Key, Page, paged
from engine.queries.visibility import sees_task

MOST = 100


@dataclass(frozen=True, slots=True)
class Notice:
    """A comment that mentions the actor, and where it was written."""

    id: str
    task_id: str
    task_name: str | None
    process: str | None
    business_key: str | None
    author: str
    text: str
    at: datetime
    unread: bool


@dataclass(frozen=True, slots=True)
class NoticeList:
    """The comments that mention the actor, the newest first."""

    permission: ClassVar[str] = "read"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[Notice]:
        statement = (
            select(
                comment,
                mention.c.read_at,
                process_instance.c.business_key,
                func.coalesce(process_definition.c.name, process_definition.c.key).label("process"),
            )
            .join(mention, mention.c.comment_id == comment.c.id)
            .outerjoin(process_instance, process_instance.c.id == comment.c.instance_id)
            .outerjoin(process_definition, process_definition.c.id == process_instance.c.definition_id)
            .where(mention.c.user_id == (actor.user or ""))
        )

        def make(row: Row[Any]) -> Notice:
            return Notice(
                id=row.id,
                task_id=row.task_id,
                task_name=row.task_name,
                process=row.process,
                business_key=row.business_key,
                author=row.author,
                text=row.text,
                at=row.at,
                unread=row.read_at is None,
            )

        keys = (Key(comment.c.at, descending=True), Key(comment.c.id, descending=True))
        return paged(connection, statement, keys, self.limit, self.after, make)


@dataclass(frozen=True, slots=True)
class UnreadNotices:
    """How many of them the actor has not read; no further than anybody counts."""

    permission: ClassVar[str] = "read"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> int:
        new = select(mention.c.comment_id).where(mention.c.user_id == (actor.user or ""), mention.c.read_at.is_(None))
        return int(connection.scalar(select(func.count()).select_from(new.limit(MOST).subquery())) or 0)


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody who is named: `known` if they may sign in here, `sees` if the task concerns them already."""

    user: str
    known: bool
    sees: bool


@dataclass(frozen=True, slots=True)
class WhoIsReached:
    """What mentioning these names beside that task means. Raises NotFound for a task the actor does not see."""

    permission: ClassVar[str] = "read"
    task_id: str
    names: Sequence[str]

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[Reached, ...]:
        here = select(user_task.c.id).where(user_task.c.id == self.task_id)
        if connection.execute(here.where(sees_task(connection, actor))).first() is None:
            raise NotFound("There is no such task.")
        wanted = select(user.c.id, user.c.permissions).where(user.c.id.in_(list(self.names)[:MOST]), user.c.active)
        known = {row.id: actor_of(connection, row.id, row.permissions) for row in connection.execute(wanted).all()}
        return tuple(
            Reached(
                name,
                name in known,
                name in known
                and connection.execute(here.where(sees_task(connection, known[name]))).first() is not None,
            )
            for name in self.names
        )
