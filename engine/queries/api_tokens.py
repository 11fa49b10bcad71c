"""API tokens: whose one is and what it may, and which a user has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, or_, select

from engine.errors import Forbidden
from engine.identity import Actor
from engine.permissions import GRANTS
from engine.persistence.tables import token, user
from engine.queries.identities import actor_of, token_hash
from engine.queries.page import Key, Page, Sorts, keys_of, paged

GRANTED_BESIDE = ("see", "take")


SORTS: Sorts = {
    "newest": (Key(token.c.created_at, descending=True), Key(token.c.id)),
    "oldest": (Key(token.c.created_at), Key(token.c.id)),
    "name": (Key(token.c.name), Key(token.c.id)),
    "user": (Key(token.c.user_id), Key(token.c.id)),
}


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token without the token: that was told once, and is kept by whoever has it."""

    id: str
    user: str
    name: str
    permissions: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenList:
    """The actor's own, of `user` or of `everybody` as administrator. `search` is in their names."""

    permission: ClassVar[str] = "read"
    user: str | None = None
    everybody: bool = False
    search: str = ""
    sort: str = "newest"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[TokenView]:
        owner = self.user or actor.user
        if (self.everybody or owner != actor.user) and not actor.may("administer"):
            raise Forbidden("Tokens of others are an administrator's.")
        statement = select(token)
        if not self.everybody:
            statement = statement.where(token.c.user_id == (owner or ""))
        if self.search.strip():
            statement = statement.where(token.c.name.icontains(self.search.strip(), autoescape=True))
        return paged(connection, statement, keys_of(SORTS, self.sort), self.limit, self.after, _view)


@dataclass(frozen=True, slots=True)
class ActorOfToken:
    """Who acts with that token: its user, narrowed to its permissions. None: unknown, expired, or user not active."""

    permission: ClassVar[str] = "administer"
    token: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Actor | None:
        row = connection.execute(
            select(token.c.user_id, token.c.permissions, user.c.permissions.label("own"))
            .join(user, user.c.id == token.c.user_id)
            .where(
                token.c.token_hash == token_hash(self.token),
                or_(token.c.expires_at.is_(None), token.c.expires_at > now),
                user.c.active,
            )
        ).one_or_none()
        if row is None:
            return None
        whole = actor_of(connection, row.user_id, row.own)
        narrowed = frozenset(each for each in row.permissions if whole.may(each))
        # A grant counts as far as the token lists all that it gives; `see` and `take` are parts of what is listed.
        listed = {*row.permissions, *GRANTED_BESIDE}
        grants = frozenset(each for each in whole.grants if listed.issuperset(GRANTS[each[0]]))
        return Actor(whole.user, whole.groups, narrowed, grants)


def _view(row: Row[Any]) -> TokenView:
    return TokenView(row.id, row.user_id, row.name, tuple(row.permissions), row.created_at, row.expires_at)
