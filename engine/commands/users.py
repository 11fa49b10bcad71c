"""Users and what they may do everywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import available_timezones

from engine.commands.groups import check_administered, ensure_group
from engine.commands.names import check_email, check_name, check_permissions
from engine.commands.passwords import check_password, password_hash
from engine.errors import Conflict, Invalid, NotFound
from engine.identity import read_alike
from engine.persistence.users import User

if TYPE_CHECKING:
    from engine.commands.prepare import Ask
    from engine.unitofwork import UnitOfWork

FEWEST_ROWS, MOST_ROWS = 10, 200
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class CreateUser:
    """A new user, in these groups (made if they are new). Without a password they cannot sign in.

    `must_change`: the password is for the first time only.
    """

    permission: ClassVar[str] = "administer"
    id: str
    password: str | None = field(default=None, repr=False)
    name: str | None = None
    email: str | None = None
    permissions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    must_change: bool = False

    def prepare(self, ask: Ask) -> AddUser:
        check_name(self.id)
        check_permissions(self.permissions)
        if self.email:
            check_email(self.email)
        if self.password is not None:
            check_password(self.password, self.id)
        return AddUser(self, password_hash(self.password) if self.password is not None else None)


@dataclass(frozen=True, slots=True)
class AddUser:
    """What is left of CreateUser when the hash is made."""

    permission: ClassVar[str] = "administer"
    wanted: CreateUser
    kept: str | None = field(repr=False)

    def execute(self, uow: UnitOfWork) -> None:
        wanted = self.wanted
        like = read_alike(wanted.id)
        other = next((user.id for user in uow.users.all() if read_alike(user.id) == like), None)
        if other is not None:
            raise Conflict(
                f"There is a user {other} already.",
                fix="" if other == wanted.id else "Take a name that reads otherwise.",
            )
        permissions = sorted(wanted.permissions)
        uow.users.add(
            User(wanted.id, wanted.name, wanted.email, self.kept, permissions, True, uow.now, wanted.must_change)
        )
        for group in wanted.groups:
            ensure_group(uow, group)
        uow.users.join(wanted.id, wanted.groups)
        uow.note("create-user", wanted.id, permissions=permissions, groups=sorted(wanted.groups))


@dataclass(frozen=True, slots=True)
class SetUser:
    """Change what is given of a user. One who is not active cannot sign in, and is signed out."""

    permission: ClassVar[str] = "administer"
    id: str
    name: str | None = None
    email: str | None = None
    permissions: tuple[str, ...] | None = None
    active: bool | None = None

    def execute(self, uow: UnitOfWork) -> None:
        check_permissions(self.permissions or ())
        if self.email:
            check_email(self.email)
        given = {"name": self.name, "email": self.email, "active": self.active}
        changes: dict[str, object] = {name: value for name, value in given.items() if value is not None}
        if self.permissions is not None:
            changes["permissions"] = sorted(self.permissions)
        if uow.users.get(self.id) is None:
            raise NotFound("There is no such user.")
        before = uow.users.administrators()
        if changes:
            uow.users.change(self.id, **changes)
            check_administered(uow, before)
            uow.note("set-user", self.id, **changes)
        if self.active is False:
            uow.sessions.delete_of_user(self.id)


@dataclass(frozen=True, slots=True)
class DeleteUser:
    """Take a user away, with their sessions, tokens and grants. What they did stays in the history, by their name."""

    permission: ClassVar[str] = "administer"
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        before = uow.users.administrators()
        if not uow.users.delete(self.id):
            raise NotFound("There is no such user.")
        check_administered(uow, before)
        uow.grants.remove_of("user", self.id)
        uow.note("delete-user", self.id)


@dataclass(frozen=True, slots=True)
class ChangeProfile:
    """How one wants to be called, shown things, and told by mail. An empty text: as the browser says, or none.

    `page_size` are the rows of a list on one page, 0 as many as everybody has who chose nothing.
    """

    permission: ClassVar[str] = "read"
    name: str | None = None
    email: str | None = None
    language: str | None = None
    zone: str | None = None
    theme: str | None = None
    mail_mentions: bool | None = None
    mail_tasks: bool | None = None
    page_size: int | None = None

    def execute(self, uow: UnitOfWork) -> None:
        if self.email and self.email.strip():
            check_email(self.email.strip())
        if self.zone and self.zone not in available_timezones():
            raise Invalid(f"There is no time zone {self.zone}.", fix="Write one such as Europe/Berlin.")
        if self.theme and self.theme not in THEMES:
            raise Invalid(f"There is no theme {self.theme}.", fix=f"Use {', '.join(THEMES)}.")
        given = {name: getattr(self, name) for name in ("name", "email", "language", "zone", "theme")}
        texts = {name: value.strip() or None for name, value in given.items() if value is not None}
        if any(len(value or "") > 200 or not (value or "x").isprintable() for value in texts.values()):
            raise Invalid("A name or address has at most 200 characters that one can see.")
        changes: dict[str, object] = dict(texts)
        wishes = {name: getattr(self, name) for name in ("mail_mentions", "mail_tasks")}
        changes |= {name: wish for name, wish in wishes.items() if wish is not None}
        if any(wishes.values()) and not changes.get("email", self._email(uow)):
            raise Invalid("There is no address to write to.", fix="Write your e-mail address.")
        if self.page_size is not None:
            if self.page_size and not FEWEST_ROWS <= self.page_size <= MOST_ROWS:
                raise Invalid(f"A page has {FEWEST_ROWS} to {MOST_ROWS} rows.")
            changes["page_size"] = self.page_size or None
        if changes and not uow.users.change(uow.actor.user or "", **changes):
            raise NotFound("There is no such user.")

    def _email(self, uow: UnitOfWork) -> str | None:
        user = uow.users.get(uow.actor.user or "")
        return user.email if user is not None else None
