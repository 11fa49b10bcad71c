"""Whom a row concerns: tasks by assignee and candidates, instances by who started them or has work in them.

All lists, counts and pages ask here, so that none of them shows, counts or leaks what another hides.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, FromClause, and_, exists, false, or_, select, true, union

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence.grants import may_start
from engine.persistence.tables import mention, process_definition, process_instance, task_candidate, user_task


def is_candidate(actor: Actor) -> ColumnElement[bool]:
    """Tasks nobody has yet that the actor may take: directly or by a group; one without candidates is everybody's."""
    kind, value = task_candidate.c.kind, task_candidate.c.value
    named = or_(
        and_(kind == "all", value == ""),
        and_(kind == "user", value == (actor.user or "")),
        and_(kind == "group", value.in_(sorted(actor.groups))),
    )
    offered = user_task.c.id.in_(select(task_candidate.c.task_id).where(named))
    return and_(user_task.c.assignee.is_(None), _or_granted(actor, "take", user_task, offered))


def is_mine(actor: Actor) -> ColumnElement[bool]:
    return user_task.c.assignee == (actor.user or "")


def sees_task(actor: Actor) -> ColumnElement[bool]:
    """Theirs, those they answer for, those they may take, those they were asked about; and by permission or grant."""
    if actor.may("see"):
        return true()
    task, own = user_task.alias("own"), actor.user or ""
    # A set of ids that indexes give: as alternatives in one condition they would be looked for in every row.
    ids = union(
        select(task.c.id).where(task.c.assignee == own),
        select(task.c.id).where(task.c.owner == own),
        select(mention.c.task_id).where(mention.c.user_id == own),
    )
    return _or_granted(actor, "see", user_task, or_(user_task.c.id.in_(ids), is_candidate(actor)))


def is_mentioned(actor: Actor) -> ColumnElement[bool]:
    """Tasks beside which somebody named the actor."""
    return user_task.c.id.in_(select(mention.c.task_id).where(mention.c.user_id == (actor.user or "")))


def sees_instance(actor: Actor) -> ColumnElement[bool]:
    """What they started or have work in, with all that it called; and by permission or grant."""
    if actor.may("see"):
        return true()
    started = process_instance.alias("started")
    works = select(user_task.c.root_id).where(sees_task(actor))
    begun = select(started.c.id).where(started.c.id == started.c.root_id, started.c.started_by == (actor.user or ""))
    concerned = or_(process_instance.c.root_id.in_(begun), process_instance.c.root_id.in_(works))
    return _or_granted(actor, "see", process_instance, concerned)


def operates(actor: Actor, table: FromClause) -> ColumnElement[bool]:
    """Rows (of instances, or that name their root) that the actor may mend."""
    return true() if actor.may("operate") else _or_granted(actor, "operate", table, false())


def sees_definition(actor: Actor) -> ColumnElement[bool]:
    """What they may start, deploy or were granted, and what runs for them."""
    if any(actor.may(each) for each in ("see", "deploy", "administer")):
        return true()
    runs = exists().where(process_instance.c.definition_id == process_definition.c.id, sees_instance(actor))
    granted = process_definition.c.key.in_(sorted({key for _, key in actor.grants}))
    return or_(granted, may_start(actor), runs.correlate(process_definition))


def _or_granted(
    actor: Actor, permission: str, table: FromClause, otherwise: ColumnElement[bool]
) -> ColumnElement[bool]:
    """A grant counts in the instances of its process and in all that they called: so it is the root's process."""
    keys = actor.keys(permission)
    if not keys:
        return otherwise
    root = process_instance.alias("granted")
    return or_(otherwise, exists().where(root.c.id == table.c.root_id, root.c.key.in_(sorted(keys))).correlate(table))


def check_sees_all(connection: Connection, actor: Actor, definition_id: str) -> None:
    """What is told of all instances of a definition is for who may see them all. Raises NotFound."""
    key = connection.scalar(select(process_definition.c.key).where(process_definition.c.id == definition_id))
    if key is None or not actor.within(key).may("see"):
        raise NotFound("There is no such process definition.")
