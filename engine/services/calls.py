"""One call of a service task to the outside: what is asked, what came back, and the two ways it can go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class BpmnError(Exception):
    """A business outcome that the model catches with an error event; raised by a service, or thrown by a worker."""

    def __init__(self, code: str, message: str = "", variables: Mapping[str, Any] | None = None) -> None:
        self.code = code
        self.message = message
        self.variables = dict(variables or {})
        super().__init__(f"{code}: {message}" if message else code)


class ServiceFailed(Exception):
    """The call did not do its work. `lasting`: trying again would give the same, so it becomes an incident at once."""

    def __init__(self, reason: str, *, fix: str = "", lasting: bool = False, code: str = "service-failed") -> None:
        self.reason = reason
        self.fix = fix
        self.lasting = lasting
        self.code = code
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """`key` is the job's id: the same for every try, so that the other side can tell a repetition.

    `views` are what a function called within the step may see of the engine, by the names of its parameters.
    """

    key: str
    kind: str
    target: str
    variables: Mapping[str, Any]
    options: Mapping[str, Any] = field(default_factory=dict)
    result_variable: str | None = None
    views: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceOutcome:
    """The variables that the call sets in the process."""

    variables: dict[str, Any] = field(default_factory=dict)


def outcome_of(value: Any, result_variable: str | None) -> ServiceOutcome:
    """With a result variable the value is kept there; without one, a dict's entries are the variables."""
    if result_variable:
        return ServiceOutcome({result_variable: value})
    if isinstance(value, Mapping):
        return ServiceOutcome({str(name): entry for name, entry in value.items()})
    return ServiceOutcome()
