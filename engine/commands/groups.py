"""Groups: who is in them, and what their members may do by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.commands.names import check_name, check_permissions
from engine.errors import Conflict, NotFound
from engine.persistence.users import Group

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork

NO_GROUP = "There is no such group."
LAST = "Somebody must be left who administers."


@dataclass(frozen=True, slots=True)
class CreateGroup:
    """A new group; its members may do what it may."""

    permission: ClassVar[str] = "administer"
    id: str
    name: str | None = None
    permissions: tuple[str, ...] = ()

    def execute(self, uow: UnitOfWork) -> None:
        check_name(self.id)
        check_permissions(self.permissions)
        if uow.users.group(self.id) is not None:
            raise Conflict(f"There is a group {self.id} already.")
        uow.users.add_group(Group(self.id, self.name, sorted(self.permissions)))
        uow.note("create-group", self.id, permissions=sorted(self.permissions))


@dataclass(frozen=True, slots=True)
class SetGroup:
    """Change what is given of a group."""

    permission: ClassVar[str] = "administer"
    id: str
    name: str | None = None
    permissions: tuple[str, ...] | None = None

    def execute(self, uow: UnitOfWork) -> None:
        check_permissions(self.permissions or ())
        changes: dict[str, object] = {} if self.name is None else {"name": self.name or None}
        if self.permissions is not None:
            changes["permissions"] = sorted(self.permissions)
        before = uow.users.administrators()
        if uow.users.group(self.id) is None:
            raise NotFound(NO_GROUP)
        if changes:
            uow.users.change_group(self.id, **changes)
            check_administered(uow, before)
            uow.note("set-group", self.id, **changes)


@dataclass(frozen=True, slots=True)
class DeleteGroup:
    """Take a group away, with its grants. Tasks that are offered to it wait for whom an operator assigns them to."""

    permission: ClassVar[str] = "administer"
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        before = uow.users.administrators()
        if not uow.users.delete_group(self.id):
            raise NotFound(NO_GROUP)
        check_administered(uow, before)
        uow.grants.remove_of("group", self.id)
        uow.note("delete-group", self.id)


@dataclass(frozen=True, slots=True)
class AddToGroup:
    """Make a user a member; the group is made if it is new."""

    permission: ClassVar[str] = "administer"
    user: str
    group: str

    def execute(self, uow: UnitOfWork) -> None:
        if uow.users.get(self.user) is None:
            raise NotFound("There is no such user.")
        ensure_group(uow, self.group)
        uow.users.join(self.user, [self.group])
        uow.note("join", self.group, user=self.user)


@dataclass(frozen=True, slots=True)
class RemoveFromGroup:
    """Let a user be a member no longer."""

    permission: ClassVar[str] = "administer"
    user: str
    group: str

    def execute(self, uow: UnitOfWork) -> None:
        before = uow.users.administrators()
        if uow.users.leave(self.user, self.group):
            check_administered(uow, before)
            uow.note("leave", self.group, user=self.user)


def ensure_group(uow: UnitOfWork, id: str) -> None:
    check_name(id)
    if uow.users.group(id) is None:
        uow.users.add_group(Group(id, None, []))


def check_administered(uow: UnitOfWork, before: frozenset[str]) -> None:
    """Nobody takes from an installation the last who could give it another administrator.

    But whoever sits at the machine itself, and so can make one at any time.
    """
    if uow.actor.user is not None and before and not uow.users.administrators():
        raise Conflict(LAST, fix="Make somebody else an administrator first.")
