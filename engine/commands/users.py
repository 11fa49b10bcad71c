"""Users, their groups and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from engine.commands.passwords import is_right, password_hash
from engine.errors import Conflict, Forbidden, Invalid, NotFound
from engine.identity import read_alike
from engine.persistence.users import Group, User

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork

PERMISSIONS = frozenset({"deploy", "start", "work", "serve", "operate", "administer"})


@dataclass(frozen=True, slots=True)
class CreateUser:
    """A new user, in these groups (made if they are new). Without a password they cannot sign in."""

    permission: ClassVar[str] = "administer"
    id: str
    password: str | None = field(default=None, repr=False)
    name: str | None = None
    email: str | None = None
    permissions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def execute(self, uow: UnitOfWork) -> None:
        _check_name(self.id)
        _check_permissions(self.permissions)
        like = read_alike(self.id)
        other = next((user.id for user in uow.users.all() if read_alike(user.id) == like), None)
        if other is not None:
            raise Conflict(
                f"There is a user {other} already.", fix="" if other == self.id else "Take a name that reads otherwise."
            )
        kept = password_hash(self.password) if self.password is not None else None
        uow.users.add(User(self.id, self.name, self.email, kept, sorted(self.permissions), True, uow.now))
        for group in self.groups:
            _ensure_group(uow, group)
        uow.users.join(self.id, self.groups)


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """One's own with the old one, or anybody's as administrator. All sessions of the user end."""

    permission: ClassVar[str] = "read"
    id: str
    new: str = field(repr=False)
    old: str | None = field(default=None, repr=False)

    def execute(self, uow: UnitOfWork) -> None:
        user = uow.users.get(self.id)
        if uow.actor.user != self.id and not uow.actor.may("administer"):
            raise Forbidden("This is not your password.")
        if user is None:
            raise NotFound("There is no such user.")
        if not uow.actor.may("administer") and not is_right(self.old or "", user.password or ""):
            raise Forbidden("The old password is wrong.")
        uow.users.change(self.id, password=password_hash(self.new))
        uow.sessions.delete_of_user(self.id)


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
        _check_permissions(self.permissions or ())
        given = {"name": self.name, "email": self.email, "active": self.active}
        changes: dict[str, object] = {name: value for name, value in given.items() if value is not None}
        if self.permissions is not None:
            changes["permissions"] = sorted(self.permissions)
        if uow.users.get(self.id) is None:
            raise NotFound("There is no such user.")
        if changes:
            uow.users.change(self.id, **changes)
        if self.active is False:
            uow.sessions.delete_of_user(self.id)


@dataclass(frozen=True, slots=True)
class CreateGroup:
    """A new group; its members may do what it may."""

    permission: ClassVar[str] = "administer"
    id: str
    name: str | None = None
    permissions: tuple[str, ...] = ()

    def execute(self, uow: UnitOfWork) -> None:
        _check_name(self.id)
        _check_permissions(self.permissions)
        if uow.users.group(self.id) is not None:
            raise Conflict(f"There is a group {self.id} already.")
        uow.users.add_group(Group(self.id, self.name, sorted(self.permissions)))


@dataclass(frozen=True, slots=True)
class AddToGroup:
    """Make a user a member; the group is made if it is new."""

    permission: ClassVar[str] = "administer"
    user: str
    group: str

    def execute(self, uow: UnitOfWork) -> None:
        if uow.users.get(self.user) is None:
            raise NotFound("There is no such user.")
        _ensure_group(uow, self.group)
        uow.users.join(self.user, [self.group])


@dataclass(frozen=True, slots=True)
class RemoveFromGroup:
    """Let a user be a member no longer."""

    permission: ClassVar[str] = "administer"
    user: str
    group: str

    def execute(self, uow: UnitOfWork) -> None:
        uow.users.leave(self.user, self.group)


def _ensure_group(uow: UnitOfWork, id: str) -> None:
    _check_name(id)
    if uow.users.group(id) is None:
        uow.users.add_group(Group(id, None, []))


def _check_name(id: str) -> None:
    if not id.strip() or id != id.strip() or len(id) > 200 or not id.isprintable():
        raise Invalid("A name has 1 to 200 characters that one can see, and no space around it.")


def _check_permissions(permissions: tuple[str, ...]) -> None:
    unknown = set(permissions) - PERMISSIONS
    if unknown:
        raise Invalid(
            f"There is no permission {', '.join(sorted(unknown))}.", fix=f"Use {', '.join(sorted(PERMISSIONS))}."
        )
