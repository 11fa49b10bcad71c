"""What people say about a task, and the files they put beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Response
from pydantic import Field

from engine.commands import AddAttachment, AddComment, RemoveAttachment
from engine.errors import Invalid
from engine.queries import AttachmentContent, TaskTalk
from engine.queries.task_talk import Talk
from webapp.api.answers import download, shown
from webapp.api.carry_out import done, made
from webapp.api.deployments import form_of, uploaded_files
from webapp.api.schemas import DONE, Body, Id, Text, file, one
from webapp.api.schemas import made as new
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("task-talk", "Comments and files beside a task.")
FORM: dict[str, Any] = form_of()


class Comment(Body):
    text: Text = Field(min_length=1, description="@name mentions somebody.")


@dataclass(frozen=True, slots=True)
class Left:
    """What was said, or the file that was put there."""

    id: str


@subject.get("/tasks/<id>/talk", one(Talk))
def talk(path: Id) -> Response:
    """What was said, and which files lie there"""
    return shown(ask(TaskTalk(path.id)))


@subject.post("/tasks/<id>/comments", new(Left), needs="read")
def comment(path: Id, body: Comment) -> Response:
    """Say something"""
    return made(AddComment(path.id, body.text), _left, f"/api/v1/tasks/{quote(path.id, safe='')}/talk")


@subject.post("/tasks/<id>/attachments", new(Left), needs="work", more=FORM)
def attach(path: Id) -> Response:
    """Put a file beside it"""
    files = uploaded_files()
    if len(files) != 1:
        raise Invalid("One file is put there at a time.", fix="Send one file.")
    ((name, content),) = files.items()
    return made(AddAttachment(path.id, name, content), _left, "/api/v1/attachments/{id}")


@subject.get("/attachments/<id>", file())
def attachment(path: Id) -> Response:
    """A file as it was put there; never shown by a browser"""
    found = ask(AttachmentContent(path.id))
    return download(found.content, found.name)


@subject.delete("/attachments/<id>", DONE, needs="work")
def remove(path: Id) -> Response:
    """Take a file away"""
    return done(RemoveAttachment(path.id))


def _left(id: str) -> dict[str, Any]:
    return {"id": id}
