"""A password is changed by its owner, or put in place of a forgotten one by an administrator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from engine.commands.passwords import check_password, is_right, one_time_password, password_hash
from engine.errors import Forbidden, NotFound
from engine.queries.identities import PasswordOf

if TYPE_CHECKING:
    from engine.commands.prepare import Ask
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """One's own with the old one, or anybody else's as administrator. All sessions of the user end, but `stay`.

    `stay`: the hash of the token of the session that one sits at.
    """

    permission: ClassVar[str] = "read"
    id: str
    new: str = field(repr=False)
    old: str | None = field(default=None, repr=False)
    stay: str | None = field(default=None, repr=False)

    def prepare(self, ask: Ask) -> KeepPassword:
        check_password(self.new, self.id)
        knows = self.old is not None and is_right(self.old, ask(PasswordOf(self.id)))
        return KeepPassword(self.id, password_hash(self.new), knows, self.stay)


@dataclass(frozen=True, slots=True)
class KeepPassword:
    """What is left of ChangePassword when the hashes are made. `knows`: the old one was right."""

    permission: ClassVar[str] = "read"
    id: str
    kept: str = field(repr=False)
    knows: bool
    stay: str | None = field(default=None, repr=False)

    def execute(self, uow: UnitOfWork) -> None:
        own = uow.actor.user == self.id
        if not own and not uow.actor.may("administer"):
            raise Forbidden("This is not your password.")
        if uow.users.get(self.id) is None:
            raise NotFound("There is no such user.")
        if own and not self.knows:
            raise Forbidden("The old password is wrong.")
        uow.users.change(self.id, password=self.kept, must_change=False)
        uow.sessions.delete_of_user(self.id, but=self.stay)
        uow.note("change-password", self.id)


@dataclass(frozen=True, slots=True)
class ResetPassword:
    """Give a user who forgot theirs a password for once, and return it; they choose another when they sign in."""

    permission: ClassVar[str] = "administer"
    id: str

    def prepare(self, ask: Ask) -> KeepOneTimePassword:
        password = one_time_password()
        return KeepOneTimePassword(self.id, password, password_hash(password))


@dataclass(frozen=True, slots=True)
class KeepOneTimePassword:
    """What is left of ResetPassword when the hash is made."""

    permission: ClassVar[str] = "administer"
    id: str
    password: str = field(repr=False)
    kept: str = field(repr=False)

    def execute(self, uow: UnitOfWork) -> str:
        if uow.users.get(self.id) is None:
            raise NotFound("There is no such user.")
        uow.users.change(self.id, password=self.kept, must_change=True)
        uow.sessions.delete_of_user(self.id)
        uow.note("reset-password", self.id)
        return self.password
