"""Users, groups, and whose a session is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, select

from engine.identity import Actor
from engine.persistence.tables import group, membership, session, user
from engine.queries.page import Key, Page, paged


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user with the groups they are in; never with a password. Address and permissions are for administrators."""

    id: str
    name: str | None
    email: str | None
    permissions: tuple[str, ...]
    groups: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class UserList:
    """Users by id."""

    permission: ClassVar[str] = "read"
    search: str = ""
    limit: int = 100
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[UserRow]:
        statement = select(user)
        if self.search.strip():
            text = self.search.strip()
            statement = statement.where(
                user.c.id.icontains(text, autoescape=True) | user.c.name.icontains(text, autoescape=True)
            )
        groups: dict[str, list[str]] = {}
        for row in connection.execute(select(membership).order_by(membership.c.group_id)):
            groups.setdefault(row.user_id, []).append(row.group_id)

        def make(row: Row[Any]) -> UserRow:
            own = tuple(groups.get(row.id, ()))
            email, permissions = (row.email, tuple(row.permissions)) if actor.may("administer") else (None, ())
            return UserRow(row.id, row.name, email, permissions, own, row.active)

        return paged(connection, statement, (Key(user.c.id),), self.limit, self.after, make)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group and what its members may do by it."""

    id: str
    name: str | None
    permissions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups by id."""

    permission: ClassVar[str] = "read"

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[GroupRow, ...]:
        rows = connection.execute(select(group).order_by(group.c.id))
        return tuple(GroupRow(row.id, row.name, tuple(row.permissions)) for row in rows)


@dataclass(frozen=True, slots=True)
class SessionView:
    """Who a session's requests act for, and what the session remembers."""

    actor: Actor
    name: str | None
    expires_at: datetime
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SessionOf:
    """The session with that token, None when it is unknown or over; asked by the web layer as the engine itself."""

    permission: ClassVar[str] = "administer"
    token: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> SessionView | None:
        statement = (
            select(session, user.c.name, user.c.permissions)
            .join(user, user.c.id == session.c.user_id)
            .where(session.c.token_hash == token_hash(self.token), session.c.expires_at > now, user.c.active)
        )
        row = connection.execute(statement).one_or_none()
        if row is None:
            return None
        return SessionView(
            actor=actor_of(connection, row.user_id, row.permissions),
            name=row.name,
            expires_at=row.expires_at,
            data=row.data,
        )


def actor_of(connection: Connection, user_id: str, own: list[str]) -> Actor:
    """The user with the permissions of their groups; `read` is what everybody signed in may."""
    rows = connection.execute(
        select(group.c.id, group.c.permissions)
        .join(membership, membership.c.group_id == group.c.id)
        .where(membership.c.user_id == user_id)
    ).all()
    permissions = {"read", *own, *(permission for row in rows for permission in row.permissions)}
    return Actor(user_id, frozenset(row.id for row in rows), frozenset(permissions))


def token_hash(token: str) -> str:
    """Tokens are long and random, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
