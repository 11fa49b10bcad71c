"""A root's state: read whole when it is not in memory, written as the difference that a Step says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, fields
from typing import Any

from sqlalchemy import Connection, Table, Update, bindparam, delete, select, update
from sqlalchemy.sql.dml import Delete

from engine.persistence import tables
from engine.persistence.events import Events
from engine.persistence.prepared import Insertion, Prepared
from engine.persistence.waits import close, open_waits
from engine.runtime.records import EventRecord, InstanceRecord, RootState, ScopeRecord, Step, TokenRecord

_instance_names = tuple(field.name for field in fields(InstanceRecord))
_scope_names = tuple(field.name for field in fields(ScopeRecord))
_token_names = tuple(field.name for field in fields(TokenRecord))
_lists = tuple(field.name for field in fields(Step) if field.default_factory is not MISSING)
_changing = ("business_key", "conversation", "state", "ended_at", "end_reason")


def _of_root(table: Table, names: Iterable[str], *order: str) -> Prepared:
    columns = (table.c[name] for name in names)
    ordered = select(*columns).order_by(*(table.c[name] for name in order))
    return Prepared(ordered.where(table.c.root_id == bindparam("root")))


_instances = _of_root(tables.process_instance, _instance_names, "started_at")
_scopes = _of_root(tables.scope, _scope_names, "number")
_tokens = _of_root(tables.node, _token_names, "number")
_variables = _of_root(tables.variable, ("scope", "name", "value"), "scope", "name")


def load(connection: Connection, root_id: str, revision: int, counter: int, event_count: int) -> RootState:
    """All that runs of a root that is locked; a root that has ended has instances only."""
    return RootState(
        root_id=root_id,
        revision=revision,
        counter=counter,
        event_count=event_count,
        instances=[InstanceRecord(*row) for row in _instances.fetch(connection, root=root_id)],
        scopes=[ScopeRecord(*row) for row in _scopes.fetch(connection, root=root_id)],
        tokens=[TokenRecord(*row) for row in _tokens.fetch(connection, root=root_id)],
        variables=[(scope, name, value) for scope, name, value in _variables.fetch(connection, root=root_id)],
    )


def _instance_update(*names: str) -> Prepared:
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    table = tables.process_instance
    return Prepared(update(table).where(table.c.id == bindparam("this")).values(values))


def _numbered(table: Table, statement: Update | Delete) -> Prepared:
    return Prepared(statement.where(table.c.root_id == bindparam("root"), table.c.number == bindparam("this")))


_stands = ("revision", "counter", "event_count")
_insert_instance = Insertion(tables.process_instance, (*_instance_names, *_stands))
_update_instance = _instance_update(*_changing)
_advance = _instance_update(*_stands)
_advance_and_change = _instance_update(*_changing, *_stands)
_count_events = _instance_update("event_count")
_insert_scope = Insertion(tables.scope, ("root_id", *_scope_names))
_insert_token = Insertion(tables.node, ("root_id", *_token_names))
_update_token = _numbered(
    tables.node,
    update(tables.node).values({name: bindparam(name) for name in ("element_id", "scope", "parent", "state", "data")}),
)
_delete_scope = _numbered(tables.scope, delete(tables.scope))
_delete_variables_of_scope = Prepared(
    delete(tables.variable).where(
        tables.variable.c.root_id == bindparam("root"), tables.variable.c.scope == bindparam("this")
    )
)
_delete_token = _numbered(tables.node, delete(tables.node))
_insert_variable = Insertion(tables.variable, ("root_id", "scope", "name", "value"))
_this_variable = (
    tables.variable.c.root_id == bindparam("root"),
    tables.variable.c.scope == bindparam("in_scope"),
    tables.variable.c.name == bindparam("named"),
)
_update_variable = Prepared(update(tables.variable).where(*_this_variable).values(value=bindparam("value")))
_delete_variable = Prepared(delete(tables.variable).where(*_this_variable))


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
    _count_events.run(connection, [{"this": root_id, "event_count": events[-1].number}])
    Events(connection).append(root_id, events)


def _clear(connection: Connection, root_id: str) -> None:
    """Remove what runs of a root that has ended; its instances stay, and so do the jobs it left for others."""
    for statement in _deletes:
        statement.run(connection, [{"root": root_id}])


_deletes = [
    *(
        Prepared(delete(table).where(table.c.root_id == bindparam("root")))
        for table in (
            tables.node,
            tables.scope,
            tables.variable,
            tables.user_task,
            tables.event_subscription,
            tables.incident,
        )
    ),
    Prepared(delete(tables.job).where(tables.job.c.root_id == bindparam("root"), tables.job.c.token.is_not(None))),
]


def _save_instances(connection: Connection, step: Step, revision: int, is_new: bool) -> None:
    stands = {"revision": revision, "counter": step.counter, "event_count": step.event_count}
    others = {"revision": 0, "counter": 0, "event_count": 0}
    new = [_row(each, _instance_names) | (stands if each.id == step.root_id else others) for each in step.new_instances]
    changed = [_row(each, _changing) | {"this": each.id} for each in step.changed_instances]
    root = next((row for row in changed if row["this"] == step.root_id), None)
    if not is_new:
        if root is not None:
            _advance_and_change.run(connection, [root | stands])
        else:
            _advance.run(connection, [{"this": step.root_id} | stands])
    _insert_instance.run(connection, new)
    _update_instance.run(connection, [row for row in changed if row is not root])


def _save_scopes_and_tokens(connection: Connection, step: Step) -> None:
    root_id = step.root_id
    _delete_token.run(connection, [{"root": root_id, "this": number} for number in step.gone_tokens])
    gone_scopes = [{"root": root_id, "this": number} for number in step.gone_scopes]
    _delete_variables_of_scope.run(connection, gone_scopes)
    _delete_scope.run(connection, gone_scopes)
    _insert_scope.run(connection, [_row(each, _scope_names) | {"root_id": root_id} for each in step.new_scopes])
    _insert_token.run(connection, [_row(each, _token_names) | {"root_id": root_id} for each in step.new_tokens])
    changed = [_row(each, _token_names) | {"root": root_id, "this": each.number} for each in step.changed_tokens]
    _update_token.run(connection, changed)


def _save_variables(connection: Connection, step: Step) -> None:
    def row(scope: int, name: str, **value: str) -> dict[str, Any]:
        return {"root": step.root_id, "in_scope": scope, "named": name, **value}

    new = [{"root_id": step.root_id, "scope": s, "name": n, "value": v} for s, n, v in step.new_variables]
    _delete_variable.run(connection, [row(scope, name) for scope, name in step.gone_variables])
    _insert_variable.run(connection, new)
    _update_variable.run(connection, [row(s, n, value=v) for s, n, v in step.changed_variables])


def _row(record: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
