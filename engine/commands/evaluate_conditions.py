"""Conditions are looked at because somebody asks: those that an instance waits for, and those that start processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from engine.commands.outbox import leave_to_start
from engine.errors import NotFound
from engine.expressions import ExpressionError

if TYPE_CHECKING:
    from engine.persistence.definitions import StartEvent
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class EvaluateConditions:
    """Set the variables in the instance and let all conditional events happen in it whose conditions hold now.

    Flowable looks at conditions only then (RuntimeService.evaluateConditionalEvents).
    """

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    instance_id: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, uow: UnitOfWork) -> None:
        instance = uow.instances.get(self.instance_id)
        if instance is None:
            raise NotFound("There is no such instance.")
        root = uow.root(instance.root_id)
        if self.variables:
            root.set_variables(self.instance_id, dict(self.variables))
        root.evaluate_conditions(self.instance_id)


@dataclass(frozen=True, slots=True)
class StartByConditions:
    """Start, each by a job, the processes that have a conditional start event which these variables make true.

    `key`: only that process. As Camunda's RuntimeService.createConditionEvaluation.
    """

    permission: ClassVar[str] = "start"
    variables: Mapping[str, Any] = field(default_factory=dict)
    business_key: str | None = None
    key: str | None = None

    def execute(self, uow: UnitOfWork) -> None:
        events = uow.definitions.started_by_conditions()
        if self.key is not None:
            latest = uow.definitions.latest(self.key)
            events = [event for event in events if latest is not None and event.definition_id == latest.id]
            if not events:
                raise NotFound(f"No condition starts the process {self.key!r}.")
        for event in events:
            if self._holds(uow, event):
                leave_to_start(uow, "message", event, self.variables, self.business_key)

    def _holds(self, uow: UnitOfWork, event: StartEvent) -> bool:
        """What cannot be evaluated, such as for want of a variable, does not hold."""
        start: Any = uow.definition_spec(event.definition_id).task_specs[event.element_id]
        for definition in start.definitions:
            if definition.kind == "conditional" and definition.decidable:
                try:
                    return bool(definition.condition.compiled.evaluate(self.variables))
                except ExpressionError:
                    return False
        return False
