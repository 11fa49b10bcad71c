"""What does the elements that this installation cannot know: bound beside the file, for all versions of a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.errors import NotFound
from engine.services.binding import Binding, check_key

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class Bind:
    """`subject` is an element id, `topic:<name>`, `class:<name>` or `lane:<name>` of the process `key`.

    A lane's binding names the groups, with commas, that its work goes to. It replaces what was there.
    """

    permission: ClassVar[str] = "deploy"
    key: str
    subject: str
    binding: Binding

    def execute(self, uow: UnitOfWork) -> None:
        checked = Binding.from_dict(self.binding.to_dict())
        uow.bindings.put(self.key, check_key(self.subject), checked, uow.now, uow.actor.user)
        uow.note("bind", self.key, to=self.subject, kind=checked.kind, target=checked.target)


@dataclass(frozen=True, slots=True)
class Unbind:
    """Take a binding away."""

    permission: ClassVar[str] = "deploy"
    key: str
    subject: str

    def execute(self, uow: UnitOfWork) -> None:
        if not uow.bindings.remove(self.key, check_key(self.subject)):
            raise NotFound("There is no such binding.")
        uow.note("unbind", self.key, to=self.subject)
