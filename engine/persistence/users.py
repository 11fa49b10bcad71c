"""Users, groups, and the API tokens that stand for a user. What arrives here as a secret is a hash already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from engine.identity import Actor
from engine.persistence import rows, tables
from engine.persistence.grants import grants_to

_user, _group, _membership = tables.user, tables.group, tables.membership


@dataclass(frozen=True, slots=True)
class User:
    id: str
    name: str | None
    email: str | None
    password: str | None = field(repr=False)
    permissions: list[str]
    active: bool
    created_at: datetime
    must_change: bool = False
    language: str | None = None
    zone: str | None = None
    theme: str | None = None
    mail_mentions: bool = False
    mail_tasks: bool = False
    page_size: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str | None
    permissions: list[str]


@dataclass(frozen=True, slots=True)
class ApiToken:
    """`permissions` narrow what its user may do; the token itself is kept as a hash."""

    id: str
    token_hash: str = field(repr=False)
    user_id: str
    name: str
    permissions: list[str]
    created_at: datetime
    expires_at: datetime | None


_users = rows.read(_user, User)
_groups = rows.read(_group, Group)
_tokens = rows.read(tables.token, ApiToken)


class Users:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, user: User) -> None:
        self._connection.execute(insert(_user), rows.as_columns(user))

    def get(self, user_id: str) -> User | None:
        row = self._connection.execute(_users.where(_user.c.id == user_id)).first()
        return User(*row) if row else None

    def all(self) -> list[User]:
        return [User(*row) for row in self._connection.execute(_users.order_by(_user.c.id))]

    def change(self, user_id: str, **changes: Any) -> bool:
        rows.refuse_unknown(_user, changes)
        return self._connection.execute(update(_user).where(_user.c.id == user_id).values(**changes)).rowcount > 0

    def delete(self, user_id: str) -> bool:
        return self._connection.execute(delete(_user).where(_user.c.id == user_id)).rowcount > 0

    def actor(self, user_id: str) -> Actor | None:
        """The user as an actor: own permissions and those of the groups. None if unknown or not active."""
        user = self.get(user_id)
        if user is None or not user.active:
            return None
        groups = self.groups_of(user_id)
        permissions = {*user.permissions, *(each for group in groups for each in group.permissions)}
        names = frozenset(group.id for group in groups)
        return Actor(user_id, names, frozenset(permissions), grants_to(self._connection, user_id, names))

    def administrators(self) -> frozenset[str]:
        """The active users who may administer, by themselves or by a group."""
        groups = [group.id for group in self.groups() if "administer" in group.permissions]
        members = {member for group in groups for member in self.members(group)}
        users = (user for user in self.all() if user.active)
        return frozenset(user.id for user in users if user.id in members or "administer" in user.permissions)

    def add_group(self, group: Group) -> None:
        self._connection.execute(insert(_group), rows.as_columns(group))

    def group(self, group_id: str) -> Group | None:
        row = self._connection.execute(_groups.where(_group.c.id == group_id)).first()
        return Group(*row) if row else None

    def groups(self) -> list[Group]:
        return [Group(*row) for row in self._connection.execute(_groups.order_by(_group.c.id))]

    def change_group(self, group_id: str, **changes: Any) -> bool:
        rows.refuse_unknown(_group, changes)
        return self._connection.execute(update(_group).where(_group.c.id == group_id).values(**changes)).rowcount > 0

    def delete_group(self, group_id: str) -> bool:
        return self._connection.execute(delete(_group).where(_group.c.id == group_id)).rowcount > 0

    def groups_of(self, user_id: str) -> list[Group]:
        member = _groups.join(_membership, _membership.c.group_id == _group.c.id)
        found = self._connection.execute(member.where(_membership.c.user_id == user_id).order_by(_group.c.id))
        return [Group(*row) for row in found]

    def members(self, group_id: str) -> list[str]:
        found = select(_membership.c.user_id).where(_membership.c.group_id == group_id).order_by(_membership.c.user_id)
        return list(self._connection.scalars(found))

    def join(self, user_id: str, group_ids: Iterable[str]) -> None:
        """Make the user a member of these groups, where not one yet."""
        already = {group.id for group in self.groups_of(user_id)}
        new = [{"user_id": user_id, "group_id": each} for each in dict.fromkeys(group_ids) if each not in already]
        if new:
            self._connection.execute(insert(_membership), new)

    def leave(self, user_id: str, group_id: str) -> bool:
        where = (_membership.c.user_id == user_id, _membership.c.group_id == group_id)
        return self._connection.execute(delete(_membership).where(*where)).rowcount > 0

    def add_token(self, token: ApiToken) -> None:
        self._connection.execute(insert(tables.token), rows.as_columns(token))

    def token(self, token_id: str) -> ApiToken | None:
        row = self._connection.execute(_tokens.where(tables.token.c.id == token_id)).first()
        return ApiToken(*row) if row else None

    def delete_token(self, token_id: str) -> bool:
        return self._connection.execute(delete(tables.token).where(tables.token.c.id == token_id)).rowcount > 0
