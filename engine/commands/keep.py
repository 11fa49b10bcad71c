"""What people keep for themselves: a form half filled in, a list under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from engine import values
from engine.errors import Forbidden, Invalid, NotFound, ValueTooLarge
from engine.persistence.drafts import Draft, TaskFilter
from engine.persistence.ids import new_id

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork

DRAFT_LIFE = timedelta(days=30)
LARGEST_DRAFT = 256 * 1024
MOST_DRAFTS = 200
MOST_FILTERS = 50
LONGEST_NAME = 80
LONGEST_ADDRESS = 1000


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep what was typed into a form until it is sent. `subject`: the task's id, or `start:` and a definition's."""

    permission: ClassVar[str] = "read"
    subject: str
    fields: Mapping[str, Any]

    def execute(self, uow: UnitOfWork) -> None:
        user = _person(uow)
        if not 0 < len(self.subject) <= 100:
            raise Invalid("A draft needs the form it belongs to.")
        if len(values.encode(dict(self.fields))) > LARGEST_DRAFT:
            raise ValueTooLarge("This is too much for a draft.", fix="Send the form.")
        if uow.drafts.count(user) > MOST_DRAFTS:
            raise ValueTooLarge("There are too many drafts.", fix="Send some of the forms you began.")
        uow.drafts.save(Draft(user, self.subject, dict(self.fields), uow.now), uow.now - DRAFT_LIFE)


@dataclass(frozen=True, slots=True)
class DropDraft:
    """The form was sent, or what was typed is not wanted any more."""

    permission: ClassVar[str] = "read"
    subject: str

    def execute(self, uow: UnitOfWork) -> None:
        uow.drafts.drop(_person(uow), self.subject)


@dataclass(frozen=True, slots=True)
class KeepTaskFilter:
    """Keep a task list under a name; with a group, its members see it too. Returns its id."""

    permission: ClassVar[str] = "read"
    name: str
    address: str
    group: str | None = None

    def execute(self, uow: UnitOfWork) -> str:
        user, name = _person(uow), self.name.strip()
        if not 0 < len(name) <= LONGEST_NAME:
            raise Invalid(f"A list needs a name of at most {LONGEST_NAME} characters.")
        if len(self.address) > LONGEST_ADDRESS:
            raise ValueTooLarge("This list has too many conditions.")
        if self.group is not None and self.group not in uow.actor.groups and not uow.actor.may("administer"):
            raise Forbidden("You are not in this group.", fix="Share the list with a group of yours.")
        if uow.task_filters.count(user) >= MOST_FILTERS:
            raise ValueTooLarge(f"You keep {MOST_FILTERS} lists already.", fix="Remove one of them.")
        kept = TaskFilter(new_id(uow.now), user, name, self.address, self.group)
        uow.task_filters.add(kept)
        return kept.id


@dataclass(frozen=True, slots=True)
class RemoveTaskFilter:
    """Keep the list no longer: who made it, or an administrator."""

    permission: ClassVar[str] = "read"
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        kept = uow.task_filters.get(self.id)
        if kept is None or (kept.user_id != uow.actor.user and not uow.actor.may("administer")):
            raise NotFound("There is no such list.")
        uow.task_filters.delete(self.id)


def _person(uow: UnitOfWork) -> str:
    if uow.actor.user is None:
        raise Invalid("Only a person keeps something.")
    return uow.actor.user
