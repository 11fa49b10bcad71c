"""What was said and left beside the tasks of a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Connection, select

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.tables import attachment, comment, process_instance, user_task
from engine.queries.visibility import sees_instance, sees_task


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment, the task it stands beside, and who wrote it."""

    id: str
    task_id: str
    task_name: str | None
    at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file without its bytes."""

    id: str
    task_id: str
    name: str
    media_type: str
    size: int
    at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class Talk:
    """All comments of the case, the oldest first, and all its files."""

    comments: tuple[CommentRow, ...]
    attachments: tuple[AttachmentRow, ...]


@dataclass(frozen=True, slots=True)
class TaskTalk:
    """The talk of the case that an open task belongs to. Who sees the task sees it; for all others it is not found."""

    permission: ClassVar[str] = "read"
    task_id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Talk:
        root = connection.scalar(
            select(user_task.c.root_id).where(user_task.c.id == self.task_id, sees_task(connection, actor))
        )
        if root is None:
            raise NotFound("There is no such task.")
        said = connection.execute(select(comment).where(comment.c.root_id == root).order_by(comment.c.at, comment.c.id))
        kept = [each for each in attachment.c if each.name != "content"]
        of_root = select(*kept).where(attachment.c.root_id == root)
        left = connection.execute(of_root.order_by(attachment.c.at, attachment.c.id))
        return Talk(
            tuple(CommentRow(row.id, row.task_id, row.task_name, row.at, row.author, row.text) for row in said),
            tuple(
                AttachmentRow(row.id, row.task_id, row.name, row.media_type, row.size, row.at, row.author)
                for row in left
            ),
        )


@dataclass(frozen=True, slots=True)
class AttachmentFile:
    """A file with its bytes."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class AttachmentContent:
    """The file with that id, for those whom its case, or the task it stands beside, concerns."""

    permission: ClassVar[str] = "read"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> AttachmentFile:
        row = connection.execute(select(attachment).where(attachment.c.id == self.id)).one_or_none()
        if row is not None:
            of_case = select(process_instance.c.id).where(
                process_instance.c.id == row.root_id, sees_instance(connection, actor)
            )
            of_task = select(user_task.c.id).where(user_task.c.root_id == row.root_id, sees_task(connection, actor))
            if connection.execute(of_case.union(of_task).limit(1)).first() is not None:
                return AttachmentFile(row.name, row.media_type, bytes(row.content))
        raise NotFound("There is no such file.")
