"""Comments and files beside a task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.commands import AddAttachment, AddComment, RemoveAttachment
from engine.commands.talk_about_task import mentions
from engine.errors import Refusal
from engine.queries import AttachmentContent
from engine.queries.notices import Reached, WhoIsReached
from webapp.context import actor, execute, query
from webapp.engine_words import told
from webapp.language import _, ngettext
from webapp.portal.definition_files import as_attachment
from webapp.portal.task_list import chosen_list
from webapp.toast import say

page = Blueprint("task_talk", __name__)


def _back(id: str) -> AnyResponse:
    return redirect(url_for("task.show", id=id, _anchor="talk", **chosen_list(request.args).kept), 303)


@page.post("/tasks/<id>/comments")
def comment(id: str) -> AnyResponse:
    text = request.form.get("text", "")
    names = [name for name in mentions(text) if name != actor().user]
    reached = query(WhoIsReached(id, names)) if names else ()
    execute(AddComment(id, text.replace("\r\n", "\n"), idempotency_key=request.form.get("once")))
    say(" ".join((_("Your comment is there."), *_effects(reached))), draft_done=f"comment:{id}")
    return _back(id)


def _effects(reached: Sequence[Reached]) -> Iterator[str]:
    """Whom the mentions told, who sees the task only because of them, and which names reach nobody."""
    told_now = [each.user for each in reached if each.known]
    let_in = [each.user for each in reached if each.known and not each.sees]
    nobody = [each.user for each in reached if not each.known]
    if told_now:
        yield _("Told: %(names)s.", names=", ".join(told_now))
    if let_in:
        yield _("Not theirs to see until now, from now on it is: %(names)s.", names=", ".join(let_in))
    if nobody:
        yield _("Nobody here is called %(name)s.", name=", ".join(nobody))


@page.post("/tasks/<id>/attachments")
def attach(id: str) -> AnyResponse:
    """Several at once; one that is refused keeps out no other."""
    files = [file for file in request.files.getlist("file") if file.filename]
    refused = []
    for number, file in enumerate(files):
        key = f"{request.form.get('once', '')}.{number}"
        try:
            execute(AddAttachment(id, file.filename or "", file.read(), idempotency_key=key))
        except Refusal as refusal:
            refused.append(f"{file.filename}: {told(refusal.message)}")
    if not files:
        say(_("Choose a file first."))
    else:
        say(" ".join(refused) or ngettext("The file is there.", "%(number)s files are there.", len(files)))
    return _back(id)


@page.get("/attachments/<id>")
def download(id: str) -> Response:
    file = query(AttachmentContent(id))
    response = as_attachment(file.content, file.name)
    response.content_type = file.media_type
    return response


@page.post("/tasks/<id>/attachments/<attachment>/remove")
def remove(id: str, attachment: str) -> AnyResponse:
    execute(RemoveAttachment(attachment))
    say(_("The file is removed."))
    return _back(id)
