"""What people say about a task, and the files they put beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from flask import Response
from pydantic import Field

from engine.commands import AddAttachment, AddComment, RemoveAttachment
from engine.errors import Invalid
from engine.queries import AttachmentContent
from engine.queries.task_talk import AttachmentList, AttachmentRow, CommentList, CommentRow
from webapp.api import story
from webapp.api.answers import download, listed
from webapp.api.carry_out import done, made
from webapp.api.deployments import form_of, uploaded_files
from webapp.api.schemas import DONE, Body, Id, Paged, Text, example, file, many
from webapp.api.schemas import made as new
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("task-talk", "Comments and files beside a task.")
FORM: dict[str, Any] = form_of()


class Comment(Body):
    model_config = example(text="@clara, is this the final invoice?")

    text: Text = Field(min_length=1, description="@name mentions somebody.")


class Said(Paged):
    author: Text | None = None
    search: Text = Field("", description="In what was said.")
    sort: Literal["oldest", "newest"] = "oldest"


class WantedAttachments(Paged):
    author: Text | None = None
    search: Text = Field("", description="In their names.")
    sort: Literal["oldest", "newest", "name"] = "oldest"


@dataclass(frozen=True, slots=True)
class Left:
    """What was said, or the file that was put there."""

    id: str


LEFT = Left(story.OTHER)
COMMENT = CommentRow(
    story.OTHER, story.TASK, "Record invoice", story.BEGAN, "max", "@clara, is this the final invoice?"
)
ATTACHMENT = AttachmentRow(story.OTHER, story.TASK, "invoice.pdf", "application/pdf", 48211, story.BEGAN, "clara")


@subject.get("/tasks/<id>/comments", many(COMMENT))
def comments(path: Id, query: Said) -> Response:
    """What was said in the case of a task, the oldest first"""
    return listed(ask(CommentList(path.id, **query.model_dump())))


@subject.get("/tasks/<id>/attachments", many(ATTACHMENT))
def attachments(path: Id, query: WantedAttachments) -> Response:
    """The files that lie beside the tasks of its case"""
    return listed(ask(AttachmentList(path.id, **query.model_dump())))


@subject.post("/tasks/<id>/comments", new(LEFT), needs="read")
def comment(path: Id, body: Comment) -> Response:
    """Say something"""
    return made(AddComment(path.id, body.text), _left, f"/api/v1/tasks/{quote(path.id, safe='')}/comments")


@subject.post("/tasks/<id>/attachments", new(LEFT), needs="work", more=FORM)
def attach(path: Id) -> Response:
    """Put a file beside it"""
    files = uploaded_files()
    if len(files) != 1:
        raise Invalid("One file is put there at a time.", fix="Send one file.")
    ((name, content),) = files.items()
    return made(AddAttachment(path.id, name, content), _left, "/api/v1/attachments/{id}")


@subject.get("/attachments/<id>", file("%PDF-1.7 ..."))
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
