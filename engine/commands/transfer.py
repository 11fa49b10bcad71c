"""An instance leaves as one document, or is taken in from one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from engine.errors import Invalid
from engine.history.document import export_instance, import_instance
from engine.persistence.instances import root_of

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class ExportInstance:
    """The document of a root instance, as it stands; it goes on here."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str

    def execute(self, uow: UnitOfWork) -> str:
        if root_of(self.id) != self.id:
            raise Invalid("This instance was called by another.", fix="Export the one that called it.")
        uow.lock(self.id)
        return export_instance(uow, self.id)


@dataclass(frozen=True, slots=True)
class ImportInstance:
    """Take in the instance of a document; its id. What the document says is believed, so it is an administrator's."""

    permission: ClassVar[str] = "administer"
    document: str = field(repr=False)

    def execute(self, uow: UnitOfWork) -> str:
        return import_instance(uow, self.document)
