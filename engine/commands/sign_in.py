"""A person signs in and out; a session is a long random token of which the database knows the hash."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from engine.commands.passwords import is_right, needs_rehash, password_hash
from engine.errors import Forbidden, NotFound
from engine.persistence.sessions import Session
from engine.queries.identities import PasswordOf, token_hash

if TYPE_CHECKING:
    from engine.commands.prepare import Ask
    from engine.unitofwork import UnitOfWork

LIFE = timedelta(hours=12)
LONGEST_AGENT = 300


@dataclass(frozen=True, slots=True)
class SignIn:
    """Returns the token of a new session. Sent by the web layer as the engine itself, which has throttled it.

    `address` and `agent`: from where and by which browser, for the user to know their sessions by.
    """

    permission: ClassVar[str] = "administer"
    user: str
    password: str = field(repr=False)
    life: timedelta = LIFE
    address: str | None = None
    agent: str | None = None

    def prepare(self, ask: Ask) -> OpenSession:
        kept = ask(PasswordOf(self.user))
        if not is_right(self.password, kept) or kept is None:
            raise Forbidden("The user name or the password is wrong.")
        better = password_hash(self.password) if needs_rehash(kept) else kept
        agent = (self.agent or "")[:LONGEST_AGENT] or None
        return OpenSession(self.user, kept, better, self.life, self.address, agent)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """What is left of SignIn when the password was right: unless it has just been changed, the session."""

    permission: ClassVar[str] = "administer"
    user: str
    kept: str = field(repr=False)
    better: str = field(repr=False)
    life: timedelta
    address: str | None
    agent: str | None

    def execute(self, uow: UnitOfWork) -> str:
        user = uow.users.get(self.user)
        if user is None or user.password != self.kept or not user.active:
            raise Forbidden("The user name or the password is wrong.")
        if self.better != self.kept:
            uow.users.change(user.id, password=self.better)
        token = secrets.token_urlsafe(32)
        until = uow.now + self.life
        uow.sessions.sweep(uow.now)
        uow.sessions.add(Session(token_hash(token), user.id, uow.now, uow.now, until, {}, self.address, self.agent))
        return token


@dataclass(frozen=True, slots=True)
class SignOut:
    """End the session with that token, if there is one."""

    permission: ClassVar[str] = "administer"
    token: str = field(repr=False)

    def execute(self, uow: UnitOfWork) -> None:
        uow.sessions.delete(token_hash(self.token))


@dataclass(frozen=True, slots=True)
class EndSession:
    """End one of one's own sessions, by the id that SessionList gives, or all but the one one sits at."""

    permission: ClassVar[str] = "read"
    id: str | None = None
    stay: str | None = field(default=None, repr=False)

    def execute(self, uow: UnitOfWork) -> None:
        user = uow.actor.user or ""
        if self.id is None:
            uow.sessions.delete_of_user(user, but=self.stay)
        elif not uow.sessions.delete_by_id(user, self.id):
            raise NotFound("This session is over already.")
