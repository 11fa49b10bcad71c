"""Variables are set or taken out from outside the process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from engine.commands.token_access import scope_at

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class SetVariables:
    """`at` is an instance or a token in it. `local`: in that very scope; otherwise where the name is found outwards."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    at: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    local: bool = False

    def execute(self, uow: UnitOfWork) -> None:
        root, scope = scope_at(uow, self.at, own=self.local)
        root.set_variables(scope, dict(self.variables), self.local)


@dataclass(frozen=True, slots=True)
class RemoveVariables:
    """Take variables out; a name that is not there is no fault."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    at: str
    names: tuple[str, ...]
    local: bool = False

    def execute(self, uow: UnitOfWork) -> None:
        root, scope = scope_at(uow, self.at)
        root.remove_variables(scope, list(self.names), self.local)
