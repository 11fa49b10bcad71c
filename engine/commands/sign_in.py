"""A person signs in and out; a session is a long random token of which the database knows the hash."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from engine.commands.passwords import NO_PASSWORD, is_right, needs_rehash, password_hash
from engine.errors import Forbidden
from engine.persistence.sessions import Session
from engine.queries.identities import token_hash

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class SignIn:
    """Returns the token of a new session. Sent by the web layer as the engine itself, which has throttled it."""

    permission: ClassVar[str] = "administer"
    user: str
    password: str = field(repr=False)
    life: timedelta = timedelta(hours=12)

    def execute(self, uow: UnitOfWork) -> str:
        user = uow.users.get(self.user)
        # An unknown user costs as much as a wrong password, so that time does not tell who exists.
        right = is_right(self.password, (user.password if user is not None else None) or NO_PASSWORD)
        if user is None or user.password is None or not right or not user.active:
            raise Forbidden("The user name or the password is wrong.")
        if needs_rehash(user.password):
            uow.users.change(user.id, password=password_hash(self.password))
        token = secrets.token_urlsafe(32)
        uow.sessions.sweep(uow.now)
        uow.sessions.add(Session(token_hash(token), user.id, uow.now, uow.now, uow.now + self.life, {}))
        return token


@dataclass(frozen=True, slots=True)
class SignOut:
    """End the session with that token, if there is one."""

    permission: ClassVar[str] = "administer"
    token: str = field(repr=False)

    def execute(self, uow: UnitOfWork) -> None:
        uow.sessions.delete(token_hash(self.token))
