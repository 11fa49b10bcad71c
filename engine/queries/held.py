"""What instances hold: the scopes of one with their variables, and variables over all that one may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Connection, Row, select

from engine import values
from engine.identity import Actor
from engine.persistence.instances import root_of
from engine.persistence.tables import process_instance, scope, variable
from engine.queries.instance import visible_instance
from engine.queries.page import Key, Page, Sorts, keys_of, paged, paged_rows
from engine.queries.texts import has_key, valued, written_as
from engine.queries.variables import ScopeRow, last_scopes_of, scopes_of
from engine.queries.visibility import few, sees_instance
from engine.queries.waits import of_instance

_PLACE = (variable.c.root_id, variable.c.scope, variable.c.name)
VARIABLE_SORTS: Sorts = {
    "oldest": tuple(Key(column) for column in _PLACE),
    "newest": tuple(Key(column, descending=True) for column in _PLACE),
}


@dataclass(frozen=True, slots=True)
class ScopeList:
    """The scopes of an instance, outer before inner or `inner` first; of one that has ended as they were last.

    `holding`: only those that have a variable of that name; `token`: only that token's.
    """

    permission: ClassVar[str] = "read"
    instance_id: str
    holding: str | None = None
    token: int | None = None
    sort: str = "outer"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[ScopeRow]:
        instance = visible_instance(connection, actor, self.instance_id)
        ended = instance.state != "running"
        found = last_scopes_of(connection, instance.root_id, instance.id) if ended else ()
        rows = found or (each for each in scopes_of(connection, instance.root_id) if each.instance_id == instance.id)
        wanted = (
            each
            for each in rows
            if (self.holding is None or self.holding in each.variables) and self.token in (None, each.token)
        )
        return paged_rows(wanted, lambda row: row.number, self.sort == "inner", self.limit, self.after)


@dataclass(frozen=True, slots=True)
class VariableRow:
    """A variable of a running instance, and the scope it stands in; `token` is what the scope belongs to."""

    instance_id: str
    root_id: str
    definition_key: str
    business_key: str | None
    scope: int
    token: int | None
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class VariableList:
    """Variables of the running instances that the actor may see, instance by instance, the oldest first.

    `value` is what a person would write: `12` finds the number and the text. `instance_id` of a root includes what it
    called.
    """

    permission: ClassVar[str] = "read"
    name: str | None = None
    value: str | None = None
    instance_id: str | None = None
    definition_key: str | None = None
    business_key: str | None = None
    sort: str = "oldest"
    limit: int = 50
    after: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Page[VariableRow]:
        instance = process_instance.c
        statement = (
            select(variable, scope.c.instance_id, scope.c.token, instance.key, instance.business_key)
            .join(scope, (scope.c.root_id == variable.c.root_id) & (scope.c.number == variable.c.scope))
            .join(process_instance, instance.id == scope.c.instance_id)
            .where(sees_instance(connection, actor))
        )
        if self.name is not None:
            statement = statement.where(variable.c.name == self.name)
        if self.definition_key is not None:
            statement = statement.where(_of(connection, instance.key == self.definition_key))
        if self.business_key is not None:
            statement = statement.where(_of(connection, has_key(process_instance, self.business_key)))
        if self.value is not None:
            statement = statement.where(valued(written_as(self.value)))
        if self.instance_id is not None:
            statement = statement.where(*of_instance(scope, self.instance_id))
        return paged(connection, statement, keys_of(VARIABLE_SORTS, self.sort), self.limit, self.after, _variable)


def _of(connection: Connection, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """In instances of this kind: few are named, so that not every variable is looked at in search of theirs."""
    ids = few(connection, select(process_instance.c.id).where(condition))
    return condition if ids is None else scope.c.instance_id.in_(ids) & variable.c.root_id.in_([*map(root_of, ids)])


def _variable(row: Row[Any]) -> VariableRow:
    return VariableRow(
        instance_id=row.instance_id,
        root_id=row.root_id,
        definition_key=row.key,
        business_key=row.business_key,
        scope=row.scope,
        token=row.token,
        name=row.name,
        value=values.decode(row.value),
    )
