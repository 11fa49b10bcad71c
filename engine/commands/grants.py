"""A part in one process is granted to a user, a group or everybody, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.errors import Invalid, NotFound
from engine.permissions import GRANTS
from engine.persistence.grants import Grant, Kind

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class GrantProcess:
    """Give `grant` (of engine.permissions.GRANTS) of the process `key`. Given twice it is given once.

    `kind`: user, group, or all with an empty subject. The first `start` given keeps the process for those who have one.
    """

    permission: ClassVar[str] = "administer"
    key: str
    grant: str
    kind: Kind
    subject: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        if self.grant not in GRANTS:
            raise Invalid(f"There is no grant {self.grant}.", fix=f"Use {', '.join(GRANTS)}.")
        if uow.definitions.latest(self.key) is None:
            raise NotFound("There is no such process.")
        known = {
            "user": lambda: uow.users.get(self.subject) is not None,
            "group": lambda: uow.users.group(self.subject) is not None,
            "all": lambda: not self.subject,
        }
        if self.kind not in known or not known[self.kind]():
            raise NotFound(f"There is no {self.kind} {self.subject}.", fix="Look at the name.")
        if uow.grants.add(Grant(self.key, self.grant, self.kind, self.subject, uow.now, uow.actor.user)):
            uow.note("grant", self.key, grant=self.grant, kind=self.kind, to=self.subject)


@dataclass(frozen=True, slots=True)
class RevokeGrant:
    """Take a grant back."""

    permission: ClassVar[str] = "administer"
    key: str
    grant: str
    kind: Kind
    subject: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        if not uow.grants.remove(self.key, self.grant, self.kind, self.subject):
            raise NotFound("There is no such grant.")
        uow.note("revoke-grant", self.key, grant=self.grant, kind=self.kind, to=self.subject)
