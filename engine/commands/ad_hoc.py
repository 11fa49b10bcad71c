"""What is done in an ad-hoc sub-process, and when there is nothing more to do: somebody says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.persistence.instances import number_of, root_of

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class StartAdHocActivity:
    """Start an activity inside; `id` is the token of the ad-hoc sub-process."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str
    element_id: str

    def execute(self, uow: UnitOfWork) -> None:
        uow.root(root_of(self.id)).start_ad_hoc(number_of(self.id), self.element_id)


@dataclass(frozen=True, slots=True)
class CompleteAdHocSubProcess:
    """Nothing more is to be done in it. What still goes on inside is cancelled, where the model allows that."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        uow.root(root_of(self.id)).complete_ad_hoc(number_of(self.id))
