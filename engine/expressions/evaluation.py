"""One evaluation: the variables and functions it sees, and the steps and room it may still use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from engine.expressions.errors import ExpressionError, OverBudget, kind_of
from engine.values import YearsMonths

MAX_STEPS = 1_000_000
MAX_WEIGHT = 1_000_000
MAX_TEXT = 8 * MAX_WEIGHT
# Below the 4300 digits at which Python refuses to write an int.
MAX_BITS = 14_000
MAX_SOURCE = 64_000
MAX_NESTING = 100

_EASY = 2**62

ATOMS: frozenset[type] = frozenset(
    {type(None), bool, float, Decimal, date, datetime, time, timedelta, YearsMonths, UUID}
)
LISTS: frozenset[type] = frozenset({list, tuple, set, frozenset})


class Evaluation:
    """Passed through all nodes of a compiled expression. `slots` holds what loops bind."""

    __slots__ = ("functions", "left", "slots", "variables")

    def __init__(
        self,
        variables: Mapping[str, Any],
        functions: Mapping[str, Callable[..., Any]],
        slots: int = 0,
        steps: int = MAX_STEPS,
    ) -> None:
        self.variables = variables
        self.functions = functions
        self.slots: list[Any] = [None] * slots
        self.left = steps

    def spend(self, steps: int) -> None:
        """Pay for work that is about to be done. Raises OverBudget."""
        self.left -= steps
        if self.left < 0:
            raise OverBudget(
                "The expression takes too many steps.", fix="Loop over less, or do the work in a service task."
            )

    def weighed(self, value: Any) -> Any:
        """The value, once it is paid for and known to be of bounded size and of plain kinds."""
        kind = type(value)
        if kind in ATOMS or (kind is int and -_EASY < value < _EASY):
            return value
        if kind is str:
            if len(value) > 64:
                self.spend(len(value) >> 6)
            if len(value) > MAX_TEXT:
                raise too_big()
            return value
        self.spend(weight(value))
        return value


def weight(value: Any) -> int:
    """How much a value holds, counted through all levels and each time it occurs. Raises OverBudget past MAX_WEIGHT."""
    total = 0
    pending = [value]
    while pending:
        item = pending.pop()
        kind = type(item)
        if kind in ATOMS:
            total += 1
        elif kind is int:
            bits = item.bit_length()
            if bits > MAX_BITS:
                raise too_big()
            total += 1 + (bits >> 6)
        elif kind is str or kind is bytes:
            total += 1 + (len(item) >> 3)
        elif kind in LISTS:
            total += 1
            pending.extend(item)
        elif kind is dict:
            total += 1
            pending.extend(item)
            pending.extend(item.values())
        else:
            total += 1
            if not is_exposed(item):
                raise ExpressionError(f"The expression gives {kind_of(item)}, which is no value.")
        if total + len(pending) > MAX_WEIGHT:
            raise too_big()
    return total


def is_exposed(value: Any) -> bool:
    """Whether this is an object that the engine hands to expressions on purpose."""
    return isinstance(getattr(type(value), "expression_members", None), frozenset)


def too_big() -> OverBudget:
    """The refusal of a result that outgrows what an expression may build."""
    return OverBudget("The result is too large.", fix="Build less in one expression.")


def bounded_int(value: int) -> int:
    """The integer, unless it has more digits than can be written."""
    if value.bit_length() > MAX_BITS:
        raise too_big()
    return value
