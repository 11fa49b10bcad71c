"""A root's state: read whole when it is not in memory, written as the difference that a Step says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, fields
from typing import Any

from sqlalchemy import Connection, Insert, Table, Update, bindparam, delete, insert, select, update
from sqlalchemy.sql.dml import Delete

from engine.persistence import tables
from engine.persistence.events import Events
from engine.persistence.waits import close, open_waits
from engine.runtime.records import EventRecord, InstanceRecord, RootState, ScopeRecord, Step, TokenRecord

_instance_names = tuple(field.name for field in fields(InstanceRecord))
_scope_names = tuple(field.name for field in fields(ScopeRecord))
_token_names = tuple(field.name for field in fields(TokenRecord))
_lists = tuple(field.name for field in fields(Step) if field.default_factory is not MISSING)
_changing = ("business_key", "conversation", "state", "ended_at", "end_reason")


def _of_root(table: Table, names: Iterable[str]) -> Any:
    return select(*(table.c[name] for name in names)).where(table.c.root_id == bindparam("root"))


_instances = _of_root(tables.process_instance, _instance_names).order_by(tables.process_instance.c.started_at)
_scopes = _of_root(tables.scope, _scope_names).order_by(tables.scope.c.number)
_tokens = _of_root(tables.node, _token_names).order_by(tables.node.c.number)
_variables = _of_root(tables.variable, ("scope", "name", "value")).order_by(
    tables.variable.c.scope, tables.variable.c.name
)


def load(connection: Connection, root_id: str, revision: int, counter: int, event_count: int) -> RootState:
    """All that runs of a root that is locked; a root that has ended has instances only."""
    root = {"root": root_id}
    return RootState(
        root_id=root_id,
        revision=revision,
        counter=counter,
        event_count=event_count,
        instances=[InstanceRecord(*row) for row in connection.execute(_instances, root)],
        scopes=[ScopeRecord(*row) for row in connection.execute(_scopes, root)],
        tokens=[TokenRecord(*row) for row in connection.execute(_tokens, root)],
        variables=[(scope, name, value) for scope, name, value in connection.execute(_variables, root)],
    )


def _numbered(table: Table, statement: Update | Delete) -> Any:
    return statement.where(table.c.root_id == bindparam("root"), table.c.number == bindparam("this"))


_insert_instance = insert(tables.process_instance)
_update_instance = (
    update(tables.process_instance)
    .where(tables.process_instance.c.id == bindparam("this"))
    .values({name: bindparam(name) for name in _changing})
)
_root_stands: dict[str, Any] = {name: bindparam(name) for name in ("revision", "counter", "event_count")}
_advance = update(tables.process_instance).where(tables.process_instance.c.id == bindparam("this")).values(_root_stands)
_advance_and_change = _update_instance.values(_root_stands)
_count_events = (
    update(tables.process_instance)
    .where(tables.process_instance.c.id == bindparam("this"))
    .values(event_count=bindparam("event_count"))
)
_insert_scope = insert(tables.scope)
_insert_token = insert(tables.node)
_update_token = _numbered(
    tables.node,
    update(tables.node).values({name: bindparam(name) for name in ("element_id", "scope", "parent", "state", "data")}),
)
_delete_scope = _numbered(tables.scope, delete(tables.scope))
_delete_variables_of_scope = delete(tables.variable).where(
    tables.variable.c.root_id == bindparam("root"), tables.variable.c.scope == bindparam("this")
)
_delete_token = _numbered(tables.node, delete(tables.node))
_insert_variable = insert(tables.variable)
_this_variable = (
    tables.variable.c.root_id == bindparam("root"),
    tables.variable.c.scope == bindparam("in_scope"),
    tables.variable.c.name == bindparam("named"),
)
_update_variable = update(tables.variable).where(*_this_variable).values(value=bindparam("value"))
_delete_variable = delete(tables.variable).where(*_this_variable)


def changes(step: Step) -> bool:
    """Is there anything to write?"""
    return any(getattr(step, name) for name in _lists)


def has_ended(step: Step) -> bool:
    """Did the root itself end in this step?"""
    instances = step.new_instances + step.changed_instances
    return any(each.id == step.root_id and each.state != "running" for each in instances)


def save(connection: Connection, step: Step, revision: int, *, is_new: bool) -> None:
    """Write what a step changed, its events included; `revision` is the root's from now on."""
    root_id = step.root_id
    _save_instances(connection, step, revision, is_new)
    Events(connection).append(root_id, step.events)
    if has_ended(step):
        if not is_new:
            _clear(connection, root_id)
        open_waits(connection, root_id, [wait for wait in step.opened if wait.token is None])
        return
    _save_scopes_and_tokens(connection, step)
    _save_variables(connection, step)
    close(connection, step)
    open_waits(connection, root_id, step.opened)


def append(connection: Connection, root_id: str, events: list[EventRecord]) -> None:
    """Add to the history of a root that otherwise stays as it is."""
    connection.execute(_count_events, {"this": root_id, "event_count": events[-1].number})
    Events(connection).append(root_id, events)


def _clear(connection: Connection, root_id: str) -> None:
    """Remove what runs of a root that has ended; its instances stay, and so do the jobs it left for others."""
    for statement in _deletes:
        connection.execute(statement, {"root": root_id})


_deletes = [
    *(
        delete(table).where(table.c.root_id == bindparam("root"))
        for table in (
            tables.node,
            tables.scope,
            tables.variable,
            tables.user_task,
            tables.event_subscription,
            tables.incident,
        )
    ),
    delete(tables.job).where(tables.job.c.root_id == bindparam("root"), tables.job.c.token.is_not(None)),
]


def _save_instances(connection: Connection, step: Step, revision: int, is_new: bool) -> None:
    stands = {"revision": revision, "counter": step.counter, "event_count": step.event_count}
    others = {"revision": 0, "counter": 0, "event_count": 0}
    new = [_row(each, _instance_names) | (stands if each.id == step.root_id else others) for each in step.new_instances]
    changed = [_row(each, _changing) | {"this": each.id} for each in step.changed_instances]
    root = next((row for row in changed if row["this"] == step.root_id), None)
    if not is_new:
        if root is not None:
            connection.execute(_advance_and_change, root | stands)
        else:
            connection.execute(_advance, {"this": step.root_id} | stands)
    _many(connection, _insert_instance, new)
    _many(connection, _update_instance, [row for row in changed if row is not root])


def _save_scopes_and_tokens(connection: Connection, step: Step) -> None:
    root_id = step.root_id
    _many(connection, _delete_token, [{"root": root_id, "this": number} for number in step.gone_tokens])
    gone_scopes = [{"root": root_id, "this": number} for number in step.gone_scopes]
    _many(connection, _delete_variables_of_scope, gone_scopes)
    _many(connection, _delete_scope, gone_scopes)
    _many(connection, _insert_scope, [_row(each, _scope_names) | {"root_id": root_id} for each in step.new_scopes])
    _many(connection, _insert_token, [_row(each, _token_names) | {"root_id": root_id} for each in step.new_tokens])
    changed = [_row(each, _token_names) | {"root": root_id, "this": each.number} for each in step.changed_tokens]
    _many(connection, _update_token, changed)


def _save_variables(connection: Connection, step: Step) -> None:
    def row(scope: int, name: str, **value: str) -> dict[str, Any]:
        return {"root": step.root_id, "in_scope": scope, "named": name, **value}

    new = [{"root_id": step.root_id, "scope": s, "name": n, "value": v} for s, n, v in step.new_variables]
    _many(connection, _delete_variable, [row(scope, name) for scope, name in step.gone_variables])
    _many(connection, _insert_variable, new)
    _many(connection, _update_variable, [row(s, n, value=v) for s, n, v in step.changed_variables])


def _row(record: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _many(connection: Connection, statement: Insert | Update | Delete, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)
