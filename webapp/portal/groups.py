"""Groups: who is in them, what their members may do by them, and what is granted to them."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import AddToGroup, CreateGroup, DeleteGroup, RemoveFromGroup, SetGroup
from engine.errors import NotFound, Refusal
from engine.permissions import PERMISSIONS
from engine.queries import GrantList, Groups, UserList
from webapp.context import execute, query
from webapp.engine_words import told_with_fix
from webapp.language import _
from webapp.portal.process_grants import WORDS
from webapp.toast import say

page = Blueprint("groups", __name__)


@page.get("/groups")
def show() -> str:
    return _list()


def _list(problem: str = "") -> str:
    return render_template("groups.html", groups=query(Groups()), problem=problem)


@page.post("/groups")
def create() -> Response | tuple[str, int]:
    id = request.form.get("id", "").strip()[:300]
    try:
        execute(CreateGroup(id))
    except Refusal as refusal:
        return _list(told_with_fix(refusal.message, refusal.fix)), 422
    return redirect(url_for("groups.group", id=id), 303)


@page.get("/groups/<path:id>")
def group(id: str) -> str:
    return _group(id)


def _group(id: str, problem: str = "") -> str:
    found = next((each for each in query(Groups()) if each.id == id), None)
    if found is None:
        raise NotFound(_("There is no such group."))
    return render_template(
        "group.html",
        group=found,
        problem=problem,
        members=query(UserList(group=id, limit=200)).rows,
        permissions=PERMISSIONS,
        grant_words=WORDS,
        grants=query(GrantList(kind="group", subject=id)).rows,
    )


@page.post("/groups/<path:id>")
def change(id: str) -> Response | tuple[str, int]:
    """What it may, who joins or leaves, or its end: by which button was pressed."""
    form = request.form
    try:
        match form.get("then"):
            case "delete":
                execute(DeleteGroup(id))
                say(_("The group %(group)s is taken away.", group=id))
                return redirect(url_for("groups.show"), 303)
            case "join":
                execute(AddToGroup(form.get("user", "").strip(), id))
            case "leave":
                execute(RemoveFromGroup(form.get("user", ""), id))
            case _:
                may = tuple(name for name in PERMISSIONS if name in form.getlist("may"))
                execute(SetGroup(id, form.get("name", "").strip()[:300], may))
                say(_("Saved."))
    except Refusal as refusal:
        return _group(id, told_with_fix(refusal.message, refusal.fix)), 422
    return redirect(url_for("groups.group", id=id), 303)
