"""News for the reader: comments that mention them, what is unread; and the long work they began."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.notices import MarkRead
from engine.queries.batches import BatchList
from engine.queries.notices import NoticeList
from webapp.context import batches, execute, page_size, query
from webapp.counts import forget_unread, unread
from webapp.language import _
from webapp.toast import say

page = Blueprint("notices", __name__)


def read_beside(task_id: str) -> None:
    """Whoever looks at the task has read what was said to them beside it."""
    if unread():
        execute(MarkRead(task_id))
        forget_unread()


@page.get("/notices")
def show() -> str:
    rows = query(NoticeList(page_size(), request.args.get("after")))
    acts = batches().acts
    work = [(each, acts[each.act].title(each.total)) for each in query(BatchList(limit=10)) if each.act in acts]
    return render_template("notices.html", notices=rows.rows, next=rows.next, work=work)


@page.post("/notices/read")
def read() -> Response:
    execute(MarkRead())
    say(_("All is marked as read."))
    return redirect(url_for("notices.show"), 303)
