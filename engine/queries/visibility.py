"""Whom a row concerns: tasks by assignee and candidates, instances by who started them or has work in them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select, true, union

from engine.identity import Actor
from engine.persistence.tables import mention, process_instance, task_candidate, user_task


def is_candidate(actor: Actor) -> ColumnElement[bool]:
    """Tasks nobody has yet that the actor may take: directly or by a group; one without candidates is everybody's."""
    kind, value = task_candidate.c.kind, task_candidate.c.value
    named = or_(
        and_(kind == "all", value == ""),
        and_(kind == "user", value == (actor.user or "")),
        and_(kind == "group", value.in_(sorted(actor.groups))),
    )
    return and_(user_task.c.assignee.is_(None), user_task.c.id.in_(select(task_candidate.c.task_id).where(named)))


def is_mine(actor: Actor) -> ColumnElement[bool]:
    return user_task.c.assignee == (actor.user or "")


def sees_task(actor: Actor) -> ColumnElement[bool]:
    """An operator sees all; others theirs, those they answer for, those they may take, those they were asked about."""
    if actor.may("operate"):
        return true()
    task, own = user_task.alias("own"), actor.user or ""
    # A set of ids that indexes give: as alternatives in one condition they would be looked for in every row.
    ids = union(
        select(task.c.id).where(task.c.assignee == own),
        select(task.c.id).where(task.c.owner == own),
        select(mention.c.task_id).where(mention.c.user_id == own),
    )
    return or_(user_task.c.id.in_(ids), is_candidate(actor))


def is_mentioned(actor: Actor) -> ColumnElement[bool]:
    """Tasks beside which somebody named the actor."""
    return user_task.c.id.in_(select(mention.c.task_id).where(mention.c.user_id == (actor.user or "")))


def sees_instance(actor: Actor) -> ColumnElement[bool]:
    """An operator sees all; others what they started or have work in, with all that it called."""
    if actor.may("operate"):
        return true()
    started = process_instance.alias("started")
    works = select(user_task.c.root_id).where(sees_task(actor))
    begun = select(started.c.id).where(started.c.id == started.c.root_id, started.c.started_by == (actor.user or ""))
    return or_(process_instance.c.root_id.in_(begun), process_instance.c.root_id.in_(works))
