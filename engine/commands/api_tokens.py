"""API tokens: what a program shows instead of a password. Shown once, kept as a hash, narrowed to permissions."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from engine.errors import Forbidden, Invalid, NotFound
from engine.identity import Actor
from engine.permissions import PERMISSIONS
from engine.persistence.ids import new_id
from engine.persistence.users import ApiToken
from engine.queries.identities import token_hash

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork

PREFIX = "procession_"
"""What a token begins with, so that it is found where it should not be: in a repository, in a log."""
GRANTABLE = frozenset({"read", *PERMISSIONS})


@dataclass(frozen=True, slots=True)
class NewToken:
    """The only time that the token itself is told."""

    id: str
    token: str


@dataclass(frozen=True, slots=True)
class CreateToken:
    """A token of the actor, or as administrator of any user. It may what is listed and its user may, and no more."""

    permission: ClassVar[str] = "read"
    name: str
    permissions: tuple[str, ...]
    user: str | None = None
    expires_at: datetime | None = None

    def execute(self, uow: UnitOfWork) -> NewToken:
        owner = self.user or uow.actor.user
        if owner is None or uow.users.get(owner) is None:
            raise NotFound("There is no such user.")
        _check_owner(uow.actor, owner)
        self._check(uow.actor, uow.now)
        token = PREFIX + secrets.token_urlsafe(32)
        id = new_id(uow.now)
        kept = sorted(set(self.permissions))
        uow.users.add_token(ApiToken(id, token_hash(token), owner, self.name.strip(), kept, uow.now, self.expires_at))
        uow.note("create-token", owner, name=self.name.strip(), permissions=kept, token=id)
        return NewToken(id, token)

    def _check(self, actor: Actor, now: datetime) -> None:
        if not self.name.strip() or len(self.name) > 200 or not self.name.isprintable():
            raise Invalid("A token has a name of 1 to 200 characters that one can see.")
        unknown = set(self.permissions) - GRANTABLE
        if unknown or not self.permissions:
            raise Invalid("A token lists its permissions.", fix=f"Use {', '.join(sorted(GRANTABLE))}.")
        # A token must not make one that may more than itself.
        beyond = sorted(each for each in set(self.permissions) if not actor.may(each))
        if beyond:
            raise Forbidden(f"You may not {', '.join(beyond)}, so your token may not either.")
        if self.expires_at is not None and (self.expires_at.tzinfo is None or self.expires_at <= now):
            raise Invalid("A token ends in the future, at a time with its zone.")


@dataclass(frozen=True, slots=True)
class RevokeToken:
    """From now on the token is worth nothing: one's own, or as administrator anybody's."""

    permission: ClassVar[str] = "read"
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        token = uow.users.token(self.id)
        if token is None or not _may_manage(uow.actor, token.user_id):
            raise NotFound("There is no such token.")
        uow.users.delete_token(self.id)
        uow.note("revoke-token", token.user_id, name=token.name, token=self.id)


def _may_manage(actor: Actor, owner: str) -> bool:
    return actor.user == owner or actor.may("administer")


def _check_owner(actor: Actor, owner: str) -> None:
    if not _may_manage(actor, owner):
        raise Forbidden("Tokens of others are an administrator's.")
