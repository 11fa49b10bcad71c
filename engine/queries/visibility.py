"""Whom a row concerns: tasks by assignee and candidates, instances by who started them or has work in them.

All lists, counts and pages ask here, so that none of them shows, counts or leaks what another hides. What concerns
few is looked up first and named; what concerns many is met soon by looking at each row: either way no list is walked
to its end in search of what its reader may see.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, exists, false, literal, or_, select, true

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.grants import may_start
from engine.persistence.tables import mention, process_definition, process_instance, task_candidate, user_task

FEW = 300
WHILE = 60.0


def is_candidate(connection: Connection, actor: Actor) -> ColumnElement[bool]:
    """Tasks nobody has yet that the actor may take: directly or by a group; one without candidates is everybody's."""
    ids = None if actor.keys("take") else _unless_many(connection, actor, _few_offered)
    return _is_candidate(actor) if ids is None else user_task.c.id.in_(ids)


def is_mine(actor: Actor) -> ColumnElement[bool]:
    return user_task.c.assignee == (actor.user or "")


def sees_task(connection: Connection, actor: Actor) -> ColumnElement[bool]:
    """Theirs, those they answer for, those they may take, those they were asked about; and by permission or grant."""
    if actor.may("see"):
        return true()
    ids = None if actor.keys("see") else _unless_many(connection, actor, _few_tasks)
    return _sees_task(actor) if ids is None else user_task.c.id.in_(ids)


def is_mentioned(actor: Actor) -> ColumnElement[bool]:
    """Tasks beside which somebody named the actor."""
    return user_task.c.id.in_(select(mention.c.task_id).where(mention.c.user_id == (actor.user or "")))


def sees_instance(connection: Connection, actor: Actor) -> ColumnElement[bool]:
    """What they started or have work in, with all that it called; and by permission or grant."""
    if actor.may("see"):
        return true()
    ids = None if actor.keys("see") else _unless_many(connection, actor, _few_roots)
    return _sees_instance(actor) if ids is None else process_instance.c.root_id.in_(ids)


def operates(actor: Actor, table: FromClause) -> ColumnElement[bool]:
    """Rows (of instances, or that name their root) that the actor may mend."""
    return true() if actor.may("operate") else _or_granted(actor, "operate", table, false())


def sees_definition(connection: Connection, actor: Actor) -> ColumnElement[bool]:
    """What they may start, deploy or were granted, and what runs for them."""
    if any(actor.may(each) for each in ("see", "deploy", "administer")):
        return true()
    runs = exists().where(process_instance.c.definition_id == process_definition.c.id, sees_instance(connection, actor))
    granted = process_definition.c.key.in_(sorted({key for _, key in actor.grants}))
    return or_(granted, may_start(actor), runs.correlate(process_definition))


def check_sees_all(connection: Connection, actor: Actor, definition_id: str) -> None:
    """What is told of all instances of a definition is for who may see them all. Raises NotFound."""
    key = connection.scalar(select(process_definition.c.key).where(process_definition.c.id == definition_id))
    if key is None or not actor.within(key).may("see"):
        raise NotFound("There is no such process definition.")


def few(connection: Connection, *found: Select[Any]) -> list[str] | None:
    """What is found, each once; None where one of the looks finds more than a few, the same perhaps more than once."""
    ids: dict[str, None] = {}
    for each in found:
        rows = connection.scalars(each.limit(FEW + 1)).all()
        if len(rows) > FEW:
            return None
        ids |= dict.fromkeys(rows)
    return list(ids)


Look = Callable[[Connection, Actor], "list[str] | None"]


def _unless_many(connection: Connection, actor: Actor, look: Look) -> list[str] | None:
    """What a look finds. Whom many concerned is not looked up again for a while: it is not what is seen, but how."""
    many: dict[Any, float] = connection.info.setdefault("many", {})
    key, now = (look, actor.user, actor.groups), time.monotonic()
    if many.get(key, 0.0) > now:
        return None
    ids = look(connection, actor)
    if ids is None:
        if len(many) > FEW:
            many.clear()
        many[key] = now + WHILE
    return ids


def _few_offered(connection: Connection, actor: Actor) -> list[str] | None:
    return few(connection, _offered_ids(actor))


def _few_tasks(connection: Connection, actor: Actor) -> list[str] | None:
    own, task = actor.user or "", user_task.c
    return few(
        connection,
        select(task.id).where(task.assignee == own),
        select(task.id).where(task.owner == own),
        select(mention.c.task_id).where(mention.c.user_id == own),
        _offered_ids(actor),
    )


def _few_roots(connection: Connection, actor: Actor) -> list[str] | None:
    own, instance = actor.user or "", process_instance.c
    started = few(connection, select(instance.id).where(instance.started_by == own, instance.id == instance.root_id))
    tasks = _few_tasks(connection, actor) if started is not None else None
    if started is None or tasks is None:
        return None
    # A task's id begins with that of its root.
    return list(dict.fromkeys([*started, *(id.partition("-")[0] for id in tasks)]))


def _named(actor: Actor) -> ColumnElement[bool]:
    kind, value = task_candidate.c.kind, task_candidate.c.value
    return or_(
        and_(kind == "all", value == ""),
        and_(kind == "user", value == (actor.user or "")),
        and_(kind == "group", value.in_(sorted(actor.groups))),
    )


def _offered_ids(actor: Actor) -> Select[Any]:
    offered = task_candidate.join(user_task, user_task.c.id == task_candidate.c.task_id)
    return select(task_candidate.c.task_id).select_from(offered).where(_named(actor), user_task.c.assignee.is_(None))


def _is_candidate(actor: Actor) -> ColumnElement[bool]:
    offered = _one(user_task, task_candidate.c.task_id == user_task.c.id, _named(actor))
    return and_(user_task.c.assignee.is_(None), _or_granted(actor, "take", user_task, offered))


def _sees_task(actor: Actor) -> ColumnElement[bool]:
    own = actor.user or ""
    asked = _one(user_task, mention.c.task_id == user_task.c.id, mention.c.user_id == own)
    concerned = or_(_is_candidate(actor), user_task.c.assignee == own, user_task.c.owner == own, asked)
    return _or_granted(actor, "see", user_task, concerned)


def _sees_instance(actor: Actor) -> ColumnElement[bool]:
    root = process_instance.alias("root")
    begun = _one(process_instance, root.c.id == process_instance.c.root_id, root.c.started_by == (actor.user or ""))
    works = _one(process_instance, user_task.c.root_id == process_instance.c.root_id, _sees_task(actor))
    concerned = or_(works, begun)
    return _or_granted(actor, "see", process_instance, concerned)


def _or_granted(
    actor: Actor, permission: str, table: FromClause, otherwise: ColumnElement[bool]
) -> ColumnElement[bool]:
    """A grant counts in the instances of its process and in all that they called: so it is the root's process."""
    keys = actor.keys(permission)
    if not keys:
        return otherwise
    root = process_instance.alias("granted")
    return or_(otherwise, _one(table, root.c.id == table.c.root_id, root.c.key.in_(sorted(keys))))


def _one(outer: FromClause, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """That there is one, looked for row by row by an index: for EXISTS PostgreSQL would first collect all there are."""
    return select(literal(1)).where(*where).limit(1).correlate(outer).scalar_subquery().is_not(None)
