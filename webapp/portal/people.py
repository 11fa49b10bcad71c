"""People: who may sign in, what they may do, which groups they are in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import (
    AddToGroup,
    CreateUser,
    DeleteUser,
    RemoveFromGroup,
    ResetPassword,
    SetUser,
)
from engine.commands.passwords import one_time_password
from engine.errors import NotFound, Refusal
from engine.permissions import PERMISSIONS, ROLES, role_of
from engine.queries import GrantList, Groups, UserList
from engine.queries.identities import UserRow
from webapp.context import execute, page_size, query
from webapp.engine_words import told_with_fix
from webapp.language import _, later
from webapp.portal.process_grants import WORDS
from webapp.toast import say

page = Blueprint("people", __name__)

ROLE_WORDS = {
    "user": later("User"),
    "modeller": later("Modeller"),
    "owner": later("Process owner"),
    "operator": later("Operator"),
    "administrator": later("Administrator"),
}


@page.get("/people")
def show() -> str:
    q = request.args.get("q", "")[:200]
    rows = query(UserList(search=q, limit=page_size(), after=request.args.get("after")))
    return render_template("people.html", users=rows.rows, next=rows.next, q=q, role=_role)


def _role(permissions: tuple[str, ...]) -> str:
    role = role_of(permissions)
    return _(ROLE_WORDS[role]) if role else ", ".join(permissions) or "–"


@page.get("/people/new")
def new() -> str:
    return _new({})


def _new(typed: dict[str, str], problem: str = "") -> str:
    return render_template(
        "person_new.html", typed=typed, problem=problem, roles=ROLE_WORDS, groups=query(Groups()), permissions=ROLES
    )


@page.post("/people/new")
def create() -> tuple[str, int] | str:
    typed = {name: request.form.get(name, "").strip()[:300] for name in ("id", "name", "email", "role")}
    groups = tuple(each.strip() for each in request.form.get("groups", "").split(",") if each.strip())
    password = one_time_password()
    try:
        execute(
            CreateUser(
                typed["id"],
                password,
                typed["name"] or None,
                typed["email"] or None,
                ROLES.get(typed["role"], ROLES["user"]),
                groups,
                must_change=True,
            )
        )
    except Refusal as refusal:
        return _new(
            {**typed, "groups": request.form.get("groups", "")}, told_with_fix(refusal.message, refusal.fix)
        ), 422
    return _person(typed["id"], password)


def find(id: str) -> UserRow:
    """The user of that id."""
    found = next((row for row in query(UserList(id=id, limit=1)).rows), None)
    if found is None:
        raise NotFound(_("There is no such user."))
    return found


@page.get("/people/<id>")
def person(id: str) -> str:
    return _person(id)


def _person(id: str, password: str = "", problem: str = "") -> str:
    user = find(id)
    return render_template(
        "person.html",
        user=user,
        password=password,
        problem=problem,
        role=role_of(user.permissions),
        roles=ROLE_WORDS,
        permissions=PERMISSIONS,
        grant_words=WORDS,
        of_role=ROLES,
        groups=[each for each in query(Groups()) if each.id not in user.groups],
        grants=query(GrantList(kind="user", subject=id)).rows,
    )


@page.post("/people/<id>")
def change(id: str) -> Response | tuple[str, int]:
    role = request.form.get("role", "")
    chosen = ROLES.get(role) or tuple(name for name in PERMISSIONS if name in request.form.getlist("may"))
    given = {name: request.form.get(name, "").strip()[:300] for name in ("name", "email")}
    try:
        execute(SetUser(id, given["name"], given["email"], chosen, request.form.get("active") == "1"))
    except Refusal as refusal:
        return _person(id, problem=told_with_fix(refusal.message, refusal.fix)), 422
    say(_("Saved."))
    return redirect(url_for("people.person", id=id), 303)


@page.post("/people/<id>/groups")
def set_groups(id: str) -> Response | tuple[str, int]:
    """Join the group that is named, or leave one."""
    try:
        if leave := request.form.get("leave"):
            execute(RemoveFromGroup(id, leave))
        else:
            execute(AddToGroup(id, request.form.get("join", "").strip()))
    except Refusal as refusal:
        return _person(id, problem=told_with_fix(refusal.message, refusal.fix)), 422
    return redirect(url_for("people.person", id=id), 303)


@page.post("/people/<id>/password")
def reset(id: str) -> str:
    """The new password is in this answer and nowhere else."""
    return _person(id, password=execute(ResetPassword(id)))


@page.post("/people/<id>/delete")
def delete(id: str) -> Response | tuple[str, int]:
    try:
        execute(DeleteUser(id))
    except Refusal as refusal:
        return _person(id, problem=told_with_fix(refusal.message, refusal.fix)), 422
    say(_("%(user)s is taken away. What they did stays in the history.", user=id))
    return redirect(url_for("people.show"), 303)
