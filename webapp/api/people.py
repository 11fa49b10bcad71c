"""Users, groups, and who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from flask import Response
from pydantic import Field

from engine.commands import (
    AddToGroup,
    ChangePassword,
    ChangeProfile,
    CreateGroup,
    CreateUser,
    DeleteGroup,
    DeleteUser,
    RemoveFromGroup,
    ResetPassword,
    SetGroup,
    SetUser,
)
from engine.queries import GroupDetail, GroupList, UserDetail, UserList
from engine.queries.identities import GroupRow, UserRow
from webapp.api import story
from webapp.api.access import by_token
from webapp.api.answers import answer, listed, shown, versioned
from webapp.api.carry_out import carry_out, done, made
from webapp.api.schemas import DONE, Body, Id, Name, Paged, Text, example, many, one
from webapp.api.schemas import made as new
from webapp.api.subject import Subject
from webapp.auth.csrf import csrf_token
from webapp.context import actor
from webapp.context import query as ask
from webapp.language import check_language

subject = Subject("people", "Users, the groups they are in, and what they may do.")

Permission = Literal["deploy", "start", "work", "see", "serve", "operate", "administer"]
Password = Annotated[str, Field(min_length=8, max_length=1000)]


class NewUser(Body):
    model_config = example(
        id="nina", name="Nina", email="nina@example.org", permissions=["start", "work"], groups=["Clerk"]
    )

    id: Name
    password: Password | None = Field(None, description="Without one nobody signs in; tokens work all the same.")
    name: Name | None = None
    email: Name | None = None
    permissions: list[Permission] = Field(default_factory=list, max_length=10)
    groups: list[Name] = Field(default_factory=list, max_length=1000)
    must_change: bool = Field(False, description="The password is for the first time only.")


class ChangedUser(Body):
    """What is given is changed."""

    model_config = example(name="Nina Novak", permissions=["start", "work"])

    name: Name | None = None
    email: Name | None = None
    permissions: list[Permission] | None = Field(None, max_length=10)
    active: bool | None = None


class NewPassword(Body):
    model_config = example(new="correct horse battery", old="what it was")

    new: Password
    old: Text | None = Field(None, description="Of one's own; an administrator needs none.")


class NewGroup(Body):
    model_config = example(id="Director", name="Directors")

    id: Name
    name: Name | None = None
    permissions: list[Permission] = Field(default_factory=list, max_length=10)


class ChangedGroup(Body):
    """What is given is changed."""

    model_config = example(name="Directors", permissions=["see"])

    name: Name | None = None
    permissions: list[Permission] | None = Field(None, max_length=10)


class OwnProfile(Body):
    """What is given is changed; an empty text is as the browser says."""

    model_config = example(name="Otto", zone="Europe/Berlin", language="de", theme="dark")

    name: Text | None = None
    email: Text | None = None
    language: Text | None = Field(None, description="One that the portal speaks.")
    zone: Text | None = Field(None, description="As the IANA names it.")
    theme: Literal["", "light", "dark"] | None = None
    mail_mentions: bool | None = Field(None, description="Be told by mail when somebody mentions one.")
    mail_tasks: bool | None = Field(None, description="Be told by mail when one is given a task.")
    page_size: int | None = Field(
        None, ge=0, le=200, description="Rows of a list on one page of the portal, 10 to 200; 0 as many as all have."
    )


class Searched(Paged):
    search: Text = ""
    group: Text | None = Field(None, description="Its members.")
    active: bool | None = None
    sort: Literal["id", "name", "newest"] = "id"


class SearchedGroups(Paged):
    search: Text = ""
    member: Text | None = Field(None, description="Those that this user is in.")
    sort: Literal["id", "name"] = "id"


class Member(Body):
    user: Name
    group: Name


@dataclass(frozen=True, slots=True)
class Myself:
    """`csrf` is what a page sends as X-CSRF-Token; a program with a token needs none."""

    user: str
    groups: tuple[str, ...]
    permissions: tuple[str, ...]
    csrf: str | None


@dataclass(frozen=True, slots=True)
class OneTimePassword:
    """Told this once; its user chooses another when they sign in."""

    password: str


@dataclass(frozen=True, slots=True)
class Named:
    id: str


MYSELF = Myself("otto", ("Director",), ("deploy", "operate", "read", "start", "work"), None)
USER = UserRow("nina", "Nina", "nina@example.org", ("start", "work"), ("Clerk",), True, story.BEGAN)
GROUP = GroupRow("Clerk", "Clerks", (), 4)


@subject.get("/me", one(MYSELF))
def me() -> Response:
    """Who is asking, and what they may do"""
    who = actor()
    csrf = None if by_token() else csrf_token()
    return shown(Myself(who.user or "", tuple(sorted(who.groups)), tuple(sorted(who.permissions)), csrf))


@subject.patch("/me", DONE, needs="read")
def change_profile(body: OwnProfile) -> Response:
    """How one is called and shown things"""
    check_language(body.language)
    return done(ChangeProfile(**body.model_dump()))


@subject.get("/users", many(USER))
def users(query: Searched) -> Response:
    """Users by id; addresses and permissions are shown to administrators"""
    return listed(ask(UserList(**query.model_dump())))


@subject.get("/users/<id>", one(USER, versioned=True))
def user(path: Id) -> Response:
    """One user"""
    return versioned(ask(UserDetail(path.id)))


@subject.post("/users", new(Named("nina")), needs="administer")
def create_user(body: NewUser) -> Response:
    """Make a user"""
    lists = {"permissions": tuple(body.permissions), "groups": tuple(body.groups)}
    command = CreateUser(body.id, body.password, body.name, body.email, **lists, must_change=body.must_change)
    return made(command, lambda result: _named(body.id), "/api/v1/users/{id}")


@subject.patch("/users/<id>", DONE, needs="administer", versioned=True)
def change_user(path: Id, body: ChangedUser) -> Response:
    """Change a user; one who is not active is signed out"""
    permissions = tuple(body.permissions) if body.permissions is not None else None
    return done(SetUser(path.id, body.name, body.email, permissions, body.active), question=UserDetail(path.id))


@subject.put("/users/<id>/password", DONE, needs="read")
def change_password(path: Id, body: NewPassword) -> Response:
    """Change one's own password, or as administrator anybody's"""
    return done(ChangePassword(path.id, body.new, body.old))


@subject.delete("/users/<id>", DONE, needs="administer", versioned=True)
def delete_user(path: Id) -> Response:
    """Take a user away; what they did stays in the history"""
    return done(DeleteUser(path.id), question=UserDetail(path.id))


@subject.post("/users/<id>/password/reset", one(OneTimePassword("...")), needs="administer")
def reset_password(path: Id) -> Response:
    """Give a user a password for once. It is shown this once; sent again with its key, it is not"""
    told: list[str] = []

    def kept(password: str) -> dict[str, Any]:
        told.append(password)
        return {}

    carry_out(ResetPassword(path.id), kept)
    return answer({"password": told[-1] if told else ""})


@subject.get("/groups", many(GROUP))
def groups(query: SearchedGroups) -> Response:
    """Groups by id"""
    return listed(ask(GroupList(**query.model_dump())))


@subject.get("/groups/<id>", one(GROUP, versioned=True))
def group(path: Id) -> Response:
    """One group"""
    return versioned(ask(GroupDetail(path.id)))


@subject.post("/groups", new(Named("Director")), needs="administer")
def create_group(body: NewGroup) -> Response:
    """Make a group"""
    command = CreateGroup(body.id, body.name, tuple(body.permissions))
    return made(command, lambda result: _named(body.id), "/api/v1/groups/{id}")


@subject.patch("/groups/<id>", DONE, needs="administer", versioned=True)
def change_group(path: Id, body: ChangedGroup) -> Response:
    """Change a group and what its members may do by it"""
    permissions = tuple(body.permissions) if body.permissions is not None else None
    return done(SetGroup(path.id, body.name, permissions), question=GroupDetail(path.id))


@subject.delete("/groups/<id>", DONE, needs="administer", versioned=True)
def delete_group(path: Id) -> Response:
    """Take a group away, with its grants"""
    return done(DeleteGroup(path.id), question=GroupDetail(path.id))


@subject.put("/groups/<group>/members/<user>", DONE, needs="administer")
def join(path: Member) -> Response:
    """Make a user a member"""
    return done(AddToGroup(path.user, path.group))


@subject.delete("/groups/<group>/members/<user>", DONE, needs="administer")
def leave(path: Member) -> Response:
    """Let a user be a member no longer"""
    return done(RemoveFromGroup(path.user, path.group))


def _named(id: str) -> dict[str, Any]:
    return {"id": id}
