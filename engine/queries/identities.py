"""Users, groups, and who acts by them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import Connection, Row, Select, func, select

from engine.errors import NotFound
from engine.identity import Actor
from engine.permissions import ANYTHING
from engine.persistence.grants import grants_to
from engine.persistence.tables import group, membership, user
from engine.queries.page import Key, Page, Sorts, keys_of, paged


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user with the groups they are in; never with a password. Address and permissions are for administrators."""

    id: str
    name: str | None
    email: str | None
    permissions: tuple[str, ...]
    groups: tuple[str, ...]
    active: bool
    created_at: datetime | None = None
    must_change: bool = False


USER_SORTS: Sorts = {
    "id": (Key(user.c.id),),
    "name": (Key(func.coalesce(user.c.name, user.c.id)), Key(user.c.id)),
    "newest": (Key(user.c.created_at, descending=True), Key(user.c.id)),
}
GROUP_SORTS: Sorts = {
    "id": (Key(group.c.id),),
    "name": (Key(func.coalesce(group.c.name, group.c.id)), Key(group.c.id)),
}


@dataclass(frozen=True, slots=True)
class UserList:
    """Users by id; `group`: its members."""

    permission: ClassVar[str] = "read"
    search: str = ""
    id: str | None = None
    group: str | None = None
    active: bool | None = None
    sort: str = "id"
    limit: int = 100
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[UserRow]:
        statement = select(user)
        if self.search.strip():
            text = self.search.strip()
            statement = statement.where(
                user.c.id.icontains(text, autoescape=True) | user.c.name.icontains(text, autoescape=True)
            )
        if self.id is not None:
            statement = statement.where(user.c.id == self.id)
        if self.group is not None:
            members = select(membership.c.user_id).where(membership.c.group_id == self.group)
            statement = statement.where(user.c.id.in_(members))
        if self.active is not None:
            statement = statement.where(user.c.active == self.active)
        groups: dict[str, list[str]] = {}
        for row in connection.execute(select(membership).order_by(membership.c.group_id)):
            groups.setdefault(row.user_id, []).append(row.group_id)

        def make(row: Row[Any]) -> UserRow:
            own = tuple(groups.get(row.id, ()))
            email, permissions = (row.email, tuple(row.permissions)) if actor.may("administer") else (None, ())
            made, must_change = (row.created_at, row.must_change) if actor.may("administer") else (None, False)
            return UserRow(row.id, row.name, email, permissions, own, row.active, made, must_change)

        return paged(connection, statement, keys_of(USER_SORTS, self.sort), self.limit, self.after, make)


@dataclass(frozen=True, slots=True)
class UserDetail:
    """One user, as the list has them. Raises NotFound."""

    permission: ClassVar[str] = "read"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> UserRow:
        rows = UserList(id=self.id).fetch(connection, actor, now).rows
        if not rows:
            raise NotFound("There is no such user.")
        return rows[0]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group and what its members may do by it."""

    id: str
    name: str | None
    permissions: tuple[str, ...]
    members: int


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups by id."""

    permission: ClassVar[str] = "read"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[GroupRow, ...]:
        return tuple(_group_row(row) for row in connection.execute(_groups().order_by(group.c.id)))


@dataclass(frozen=True, slots=True)
class GroupList:
    """Groups by id, a page at a time. `search` is in id and name; `member`: those that this user is in."""

    permission: ClassVar[str] = "read"
    search: str = ""
    member: str | None = None
    sort: str = "id"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[GroupRow]:
        statement, text = _groups(), self.search.strip()
        if text:
            statement = statement.where(
                group.c.id.icontains(text, autoescape=True) | group.c.name.icontains(text, autoescape=True)
            )
        if self.member is not None:
            of_user = select(membership.c.group_id).where(membership.c.user_id == self.member)
            statement = statement.where(group.c.id.in_(of_user))
        return paged(connection, statement, keys_of(GROUP_SORTS, self.sort), self.limit, self.after, _group_row)


@dataclass(frozen=True, slots=True)
class GroupDetail:
    """One group. Raises NotFound."""

    permission: ClassVar[str] = "read"
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> GroupRow:
        row = connection.execute(_groups().where(group.c.id == self.id)).one_or_none()
        if row is None:
            raise NotFound("There is no such group.")
        return _group_row(row)


@dataclass(frozen=True, slots=True)
class NameOf:
    """How a user or a group is called; None for who has no name, or is not there (any more)."""

    permission: ClassVar[str] = "read"
    kind: Literal["user", "group"]
    id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> str | None:
        table = user if self.kind == "user" else group
        name: str | None = connection.scalar(select(table.c.name).where(table.c.id == self.id))
        return name


@dataclass(frozen=True, slots=True)
class PasswordOf:
    """What is kept of an active user's password, to be compared with; asked by the engine itself and nobody else."""

    permission: ClassVar[str] = ANYTHING
    user: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> str | None:
        kept: str | None = connection.scalar(select(user.c.password).where(user.c.id == self.user, user.c.active))
        return kept


def _groups() -> Select[Any]:
    number = select(func.count()).where(membership.c.group_id == group.c.id).correlate(group).scalar_subquery()
    return select(group, number.label("members"))


def _group_row(row: Row[Any]) -> GroupRow:
    return GroupRow(row.id, row.name, tuple(row.permissions), row.members)


def actor_of(connection: Connection, user_id: str, own: list[str]) -> Actor:
    """The user with the permissions of their groups; `read` is what everybody signed in may."""
    rows = connection.execute(
        select(group.c.id, group.c.permissions)
        .join(membership, membership.c.group_id == group.c.id)
        .where(membership.c.user_id == user_id)
    ).all()
    permissions = {"read", *own, *(permission for row in rows for permission in row.permissions)}
    groups = frozenset(row.id for row in rows)
    return Actor(user_id, groups, frozenset(permissions), grants_to(connection, user_id, groups))


def token_hash(token: str) -> str:
    """Tokens are long and random, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
