"""What FEEL names mean where an expression is: variables, entries of a context, what a loop or a filter binds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.expressions.evaluation import Evaluation

MISSING = object()


class Scope:
    """Names over the names around them. The outermost holds the variables and the evaluation's budget."""

    __slots__ = ("evaluation", "names", "parent")

    def __init__(self, names: Mapping[str, Any], parent: Scope | None, evaluation: Evaluation) -> None:
        self.names = names
        self.parent = parent
        self.evaluation = evaluation

    def inside(self, names: Mapping[str, Any]) -> Scope:
        """A scope in which these names come first."""
        return Scope(names, self, self.evaluation)

    def find(self, name: str) -> Any:
        """The value, or MISSING."""
        scope: Scope | None = self
        while scope is not None:
            value = scope.names.get(name, MISSING)
            if value is not MISSING:
                return value
            scope = scope.parent
        return MISSING


FeelNode = Callable[[Scope], Any]


@dataclass(frozen=True, slots=True)
class Function:
    """A function defined in FEEL: its parameters, its body, where it was defined, and what a call of it costs."""

    expression_members: ClassVar[frozenset[str]] = frozenset()

    parameters: tuple[str, ...]
    body: FeelNode
    scope: Scope
    cost: int


@dataclass(frozen=True, slots=True)
class Range:
    """An interval; an end that is None is open to infinity. `sign` is set where it was written as a comparison."""

    expression_members: ClassVar[frozenset[str]] = frozenset()

    start: Any
    end: Any
    start_included: bool
    end_included: bool
    sign: str = ""
