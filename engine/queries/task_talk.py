"""What was said and left beside the tasks of a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, select, true

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.tables import attachment, comment, process_instance, user_task
from engine.queries.page import Key, Page, Sorts, keys_of, paged
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
        root = _case_of(connection, actor, self.task_id)
        said = connection.execute(select(comment).where(comment.c.root_id == root).order_by(comment.c.at, comment.c.id))
        of_root = _files().where(attachment.c.root_id == root)
        left = connection.execute(of_root.order_by(attachment.c.at, attachment.c.id))
        return Talk(tuple(_comment(row) for row in said), tuple(_file(row) for row in left))


@dataclass(frozen=True, slots=True)
class CommentList:
    """The comments of the case that an open task belongs to, the oldest first. `search` is in what was said."""

    permission: ClassVar[str] = "read"
    task_id: str
    author: str | None = None
    search: str = ""
    sort: str = "oldest"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[CommentRow]:
        statement = select(comment).where(comment.c.root_id == _case_of(connection, actor, self.task_id))
        statement = statement.where(*_by(comment, comment.c.text, self.author, self.search))
        return paged(connection, statement, keys_of(_by_time(comment), self.sort), self.limit, self.after, _comment)


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """The files of the case that an open task belongs to, the oldest first. `search` is in their names."""

    permission: ClassVar[str] = "read"
    task_id: str
    author: str | None = None
    search: str = ""
    sort: str = "oldest"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[AttachmentRow]:
        statement = _files().where(attachment.c.root_id == _case_of(connection, actor, self.task_id))
        statement = statement.where(*_by(attachment, attachment.c.name, self.author, self.search))
        sorts = {**_by_time(attachment), "name": (Key(attachment.c.name), Key(attachment.c.id))}
        return paged(connection, statement, keys_of(sorts, self.sort), self.limit, self.after, _file)


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


def _case_of(connection: Connection, actor: Actor, task_id: str) -> str:
    """The root of a task that the actor sees; for all others it is not found."""
    ours = (user_task.c.id == task_id, sees_task(connection, actor))
    root: str | None = connection.scalar(select(user_task.c.root_id).where(*ours))
    if root is None:
        raise NotFound("There is no such task.", fix="It may be done already: look at the list of tasks.")
    return root


def _by_time(table: Table) -> Sorts:
    return {
        "oldest": (Key(table.c.at), Key(table.c.id)),
        "newest": (Key(table.c.at, descending=True), Key(table.c.id, descending=True)),
    }


def _by(table: Table, text: ColumnElement[str], author: str | None, search: str) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.author == author if author is not None else true(),
        text.icontains(search.strip(), autoescape=True) if search.strip() else true(),
    )


def _files() -> Select[Any]:
    """Without their bytes."""
    return select(*(each for each in attachment.c if each.name != "content"))


def _comment(row: Row[Any]) -> CommentRow:
    return CommentRow(row.id, row.task_id, row.task_name, row.at, row.author, row.text)


def _file(row: Row[Any]) -> AttachmentRow:
    return AttachmentRow(row.id, row.task_id, row.name, row.media_type, row.size, row.at, row.author)
