"""What is typed into a form is kept on the server while it is typed; lists are kept under a name."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from engine.commands import DropDraft, KeepTaskFilter, RemoveTaskFilter, SaveDraft
from engine.queries import DraftOf
from webapp.context import actor, execute, query
from webapp.forms.field import PREFIX
from webapp.language import _
from webapp.portal.task_list import chosen_list
from webapp.toast import say

page = Blueprint("drafts", __name__)

DOCUMENT = "document"
OTHERS = {DOCUMENT, "business_key"}


@page.post("/drafts/<path:subject>")
def save(subject: str) -> Response:
    """Sent by the page's script every moment or so; the answer has nothing to show."""
    names = [name for name in request.form if name.startswith(PREFIX) or name in OTHERS]
    execute(SaveDraft(subject, {name: request.form.getlist(name) for name in names}))
    return Response(status=204)


@page.post("/drafts/<path:subject>/drop")
def drop(subject: str) -> AnyResponse:
    execute(DropDraft(subject))
    say(_("What you had typed is gone."), draft_done=f"{actor().user}:{subject}")
    if subject.startswith("start:"):
        return redirect(url_for("start.form", id=subject.removeprefix("start:")), 303)
    return redirect(url_for("task.show", id=subject, **chosen_list(request.args).kept), 303)


def draft_of(subject: str) -> MultiDict[str, str] | None:
    """The reader's draft, as if it had been sent."""
    found = query(DraftOf(subject))
    if found is None:
        return None
    return MultiDict([(name, text) for name, texts in found.fields.items() for text in texts])


@page.post("/tasks/lists")
def keep_list() -> AnyResponse:
    chosen = chosen_list(request.args)
    group = request.form.get("group") or None
    execute(KeepTaskFilter(request.form.get("name", ""), urlencode(chosen.kept), group))
    say(_("The list is kept. It stands at the left from now on."))
    return redirect(url_for("tasks.show", **chosen.kept), 303)


@page.post("/tasks/lists/<id>/remove")
def remove_list(id: str) -> AnyResponse:
    execute(RemoveTaskFilter(id))
    say(_("The list is removed; its tasks are where they were."))
    return redirect(url_for("tasks.show"), 303)
