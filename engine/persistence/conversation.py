"""Comments, mentions and attachments: they belong to the case and stay when its tasks are done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.persistence import rows, tables


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote beside a task. `task_name` is kept because the task's row goes when it is done."""

    id: str
    root_id: str
    instance_id: str
    task_id: str
    task_name: str | None
    at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside a task. `media_type` is told by the content, never by the name."""

    id: str
    root_id: str
    instance_id: str
    task_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    content: bytes = field(repr=False)
    at: datetime
    author: str


_attachments = rows.read(tables.attachment, Attachment)


class Conversation:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_comment(self, comment: Comment, mentioned: list[str]) -> None:
        self._connection.execute(insert(tables.comment), rows.as_columns(comment))
        if mentioned:
            about = {"task_id": comment.task_id, "comment_id": comment.id, "root_id": comment.root_id}
            self._connection.execute(insert(tables.mention), [{"user_id": user, **about} for user in mentioned])

    def mark_read(self, user: str, now: datetime, task_id: str | None) -> None:
        """What mentions the user is read: beside that task, or everywhere."""
        mention = tables.mention
        new = update(mention).where(mention.c.user_id == user, mention.c.read_at.is_(None))
        if task_id is not None:
            new = new.where(mention.c.task_id == task_id)
        self._connection.execute(new.values(read_at=now))

    def is_mentioned(self, user: str, task_id: str) -> bool:
        mention = tables.mention
        found = select(mention.c.user_id).where(mention.c.user_id == user, mention.c.task_id == task_id).limit(1)
        return self._connection.execute(found).first() is not None

    def add_attachment(self, attachment: Attachment) -> None:
        self._connection.execute(insert(tables.attachment), rows.as_columns(attachment))

    def attachment(self, id: str) -> Attachment | None:
        row = self._connection.execute(_attachments.where(tables.attachment.c.id == id)).first()
        return Attachment(*row) if row else None

    def remove_attachment(self, id: str) -> None:
        self._connection.execute(delete(tables.attachment).where(tables.attachment.c.id == id))

    def attached(self, root_id: str) -> tuple[int, int]:
        """How many files a case has, and how many bytes they take."""
        table = tables.attachment
        sizes = select(func.count(), func.coalesce(func.sum(table.c.size), 0)).where(table.c.root_id == root_id)
        count, size = self._connection.execute(sizes).one()
        return int(count), int(size)
