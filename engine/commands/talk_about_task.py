"""People talk about a task: comments that mention others, and files beside it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from engine.commands.media_type import media_type
from engine.commands.once import once
from engine.commands.task_access import open_task, sees
from engine.errors import Forbidden, Invalid, NotFound, ValueTooLarge
from engine.persistence.conversation import Attachment, Comment
from engine.persistence.ids import new_id
from engine.persistence.instances import number_of

if TYPE_CHECKING:
    from engine.persistence.user_tasks import UserTask
    from engine.unitofwork import UnitOfWork

LONGEST_COMMENT = 4000
LONGEST_NAME = 200
LARGEST_FILE = 10 * 1024 * 1024
MOST_FILES = 50
LARGEST_CASE = 100 * 1024 * 1024
MENTION = re.compile(r"(?<![\w@.])@([\w][\w.\-]*)")


@dataclass(frozen=True, slots=True)
class AddComment:
    """Say something beside the task. Who is named in it with an `@` is told and sees the task from then on.

    Returns its id.
    """

    permission: ClassVar[str] = "read"
    id: str
    text: str
    idempotency_key: str | None = None

    def execute(self, uow: UnitOfWork) -> str:
        return once(uow, self.idempotency_key, self, self._say)

    def _say(self, uow: UnitOfWork) -> str:
        text = self.text.strip()
        if not text:
            raise Invalid("A comment needs words.", fix="Write something first.")
        if len(text) > LONGEST_COMMENT:
            raise ValueTooLarge(f"A comment has at most {LONGEST_COMMENT:,} characters.", fix="Attach a file instead.")
        task = _discussed(uow, self.id)
        author = uow.actor.user or ""
        mentioned = [name for name in mentions(text) if name != author and _works_here(uow, name)]
        comment = Comment(new_id(uow.now), task.root_id, task.instance_id, task.id, task.name, uow.now, author, text)
        uow.conversation.add_comment(comment, mentioned)
        _record(uow, task, "task-commented", comment=comment.id, mentioned=mentioned)
        return comment.id


@dataclass(frozen=True, slots=True)
class AddAttachment:
    """Leave a file beside the task, or in a case that the actor has started. Returns its id."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str
    name: str
    content: bytes = field(repr=False)
    idempotency_key: str | None = None

    def execute(self, uow: UnitOfWork) -> str:
        return once(uow, self.idempotency_key, self, self._leave)

    def _leave(self, uow: UnitOfWork) -> str:
        if not self.content:
            raise Invalid("This file is empty.", fix="Choose another one.")
        if len(self.content) > LARGEST_FILE:
            raise ValueTooLarge(f"A file may have {LARGEST_FILE // 1024 // 1024} MB at most.")
        task = _discussed(uow, self.id) if number_of(self.id) else None
        root_id, instance_id = (task.root_id, task.instance_id) if task else (_begun(uow, self.id), self.id)
        count, size = uow.conversation.attached(root_id)
        if count >= MOST_FILES or size + len(self.content) > LARGEST_CASE:
            raise ValueTooLarge("This case has no room for more files.", fix="Remove one that is not needed.")
        attachment = Attachment(
            id=new_id(uow.now),
            root_id=root_id,
            instance_id=instance_id,
            task_id=self.id,
            name=plain_name(self.name),
            media_type=media_type(self.content),
            size=len(self.content),
            sha256=hashlib.sha256(self.content).hexdigest(),
            content=self.content,
            at=uow.now,
            author=uow.actor.user or "",
        )
        uow.conversation.add_attachment(attachment)
        said = {"attachment": attachment.id, "name": attachment.name}
        if task is not None:
            _record(uow, task, "task-attached", **said)
        else:
            uow.record(root_id, instance_id, "file-attached", data=said)
        return attachment.id


@dataclass(frozen=True, slots=True)
class RemoveAttachment:
    """Take a file away: who left it, or an operator."""

    permission: ClassVar[str] = "work"
    by_process: ClassVar[bool] = True
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        attachment = uow.conversation.attachment(self.id)
        if attachment is None:
            raise NotFound("There is no such file.")
        if not uow.actor.may("operate") and attachment.author != uow.actor.user:
            raise Forbidden("This file is not yours to remove.", fix=f"Ask {attachment.author}.")
        uow.conversation.remove_attachment(attachment.id)
        data = {"attachment": attachment.id, "name": attachment.name}
        uow.record(attachment.root_id, attachment.instance_id, "task-detached", data=data)


def mentions(text: str) -> list[str]:
    """The names behind an `@`, each once; an address like `ann@example.org` mentions nobody."""
    return list(dict.fromkeys(name.rstrip(".-") for name in MENTION.findall(text)))


def plain_name(name: str) -> str:
    """The name of a file without folders and without characters that a header or a page could stumble over."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(character for character in last if character.isprintable()).strip().lstrip(".")
    return kept[-LONGEST_NAME:] or "file"


def _works_here(uow: UnitOfWork, name: str) -> bool:
    user = uow.users.get(name)
    return user is not None and user.active


def _discussed(uow: UnitOfWork, task_id: str) -> UserTask:
    """The task, if it concerns the actor or they were asked about it."""
    task = open_task(uow, task_id)
    if not sees(uow.actor, task) and not uow.conversation.is_mentioned(uow.actor.user or "", task.id):
        raise NotFound("There is no such task.")
    return task


def _begun(uow: UnitOfWork, instance_id: str) -> str:
    uow.lock(instance_id)
    instance = uow.instances.get(instance_id)
    if instance is None or not (uow.actor.may("operate") or instance.started_by == uow.actor.user):
        raise NotFound("There is no such instance.")
    return instance.root_id


def _record(uow: UnitOfWork, task: UserTask, kind: str, **data: Any) -> None:
    said = {"number": task.number, **data}
    uow.record(task.root_id, task.instance_id, kind, element_id=task.element_id, token=task.token, data=said)
