"""A process is started: by a person or a program, at its start event or at a named one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from engine.commands.declared_form import entered_at_start
from engine.commands.once import once
from engine.errors import Conflict, NotFound

if TYPE_CHECKING:
    from engine.persistence.definitions import ProcessDefinition
    from engine.unitofwork import UnitOfWork

NO_PROCESS = "There is no such process."


@dataclass(frozen=True, slots=True)
class StartProcess:
    """Start the definition with that id, or of `key` the latest version or `version`.

    Values that contradict the start form are refused, unless the actor operates or names a `start_element`.
    Returns the instance's id when the instance waits or has ended.
    """

    permission: ClassVar[str] = "start"
    by_process: ClassVar[bool] = True
    key: str | None = None
    definition_id: str | None = None
    version: int | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    business_key: str | None = None
    start_element: str | None = None
    idempotency_key: str | None = None

    def execute(self, uow: UnitOfWork) -> str:
        return once(uow, self.idempotency_key, self, self._start)

    def _start(self, uow: UnitOfWork) -> str:
        definition = self._definition(uow)
        actor = uow.actor
        if not (actor.may("operate") or uow.grants.may_start(actor, definition.id)):
            raise NotFound(NO_PROCESS, fix="Deploy it first, or look at its key.")
        if definition.state != "active":
            raise Conflict(f"{definition.key} is suspended.", fix="Activate it before you start it.")
        variables = self.variables if self.start_element else entered_at_start(uow, definition, self.variables)
        return start(uow, definition.id, variables, self.business_key, self.start_element)

    def _definition(self, uow: UnitOfWork) -> ProcessDefinition:
        if self.definition_id is not None:
            definition = uow.definitions.get(self.definition_id)
        elif self.version is not None:
            definition = uow.definitions.version(self.key or "", self.version)
        else:
            definition = uow.definitions.latest(self.key or "")
        if definition is None:
            raise NotFound(NO_PROCESS, fix="Deploy it first, or look at its key.")
        return definition


def start(
    uow: UnitOfWork,
    definition_id: str,
    variables: Mapping[str, Any],
    business_key: str | None = None,
    start_element: str | None = None,
    conversation: str | None = None,
) -> str:
    """A new root instance; its id."""
    uow.chain = uow.chain.start()
    root = uow.new_root()
    return root.start(
        definition_id,
        dict(variables),
        business_key=business_key,
        start_element=start_element,
        conversation=conversation,
    )
