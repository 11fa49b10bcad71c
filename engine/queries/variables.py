"""Variables as a person sees them: by scope, or all that one place in the process can see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from engine import values
from engine.persistence.tables import event, scope, variable


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A scope with its own variables. `token` is what it belongs to; None for a process instance's own."""

    number: int
    instance_id: str
    parent: int | None
    token: int | None
    variables: dict[str, Any]


def scopes_of(connection: Connection, root_id: str) -> tuple[ScopeRow, ...]:
    """All scopes of a root, outer before inner."""
    own: dict[int, dict[str, Any]] = {}
    named = select(variable.c.scope, variable.c.name, variable.c.value).where(variable.c.root_id == root_id)
    for row in connection.execute(named.order_by(variable.c.scope, variable.c.name)):
        own.setdefault(row.scope, {})[row.name] = values.decode(row.value)
    rows = connection.execute(select(scope).where(scope.c.root_id == root_id).order_by(scope.c.number))
    return tuple(ScopeRow(row.number, row.instance_id, row.parent, row.token, own.get(row.number, {})) for row in rows)


def visible_from(scopes: tuple[ScopeRow, ...], number: int | None) -> dict[str, Any]:
    """What the scope `number` sees: its own variables, then those around it."""
    by_number = {each.number: each for each in scopes}
    seen: dict[str, Any] = {}
    while number is not None and number in by_number:
        for name, value in by_number[number].variables.items():
            seen.setdefault(name, value)
        number = by_number[number].parent
    return seen


def last_scopes_of(connection: Connection, root_id: str, instance_id: str) -> tuple[ScopeRow, ...]:
    """The scopes of an instance that has ended, with what their variables held last: told from its history."""
    kinds = ("scope-new", "variable-set", "variable-gone")
    found: dict[int, ScopeRow] = {}
    statement = select(event).where(
        event.c.root_id == root_id, event.c.instance_id == instance_id, event.c.kind.in_(kinds)
    )
    for row in connection.execute(statement.order_by(event.c.number)):
        if row.kind == "scope-new":
            parent = (row.data or {}).get("parent")
            found[row.scope] = ScopeRow(row.scope, row.instance_id, parent, row.token, {})
        elif row.scope in found and row.kind == "variable-set":
            found[row.scope].variables[row.name] = values.decode(row.value)
        elif row.scope in found:
            found[row.scope].variables.pop(row.name, None)
    return tuple(found.values())
