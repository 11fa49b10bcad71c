"""How a process does: what runs, what ended and how, how long it takes, and where it waits for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from engine.identity import Actor
from engine.persistence.tables import (
    event_subscription,
    incident,
    job,
    node,
    process_definition,
    process_instance,
    user_task,
)
from engine.queries.visibility import check_sees_all, sees_instance

SAMPLE = 1000


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one process, or one version. `median` and `p90` are of the last completed ones, at most `SAMPLE`."""

    running: int
    completed: int
    failed: int
    cancelled: int
    incidents: int
    median: timedelta | None
    p90: timedelta | None
    measured: int


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """The figures of a process over all its versions, or of one. They count what the actor may see, and no more."""

    permission: ClassVar[str] = "read"
    key: str
    version: int | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Figures:
        ours = (*self._of(), sees_instance(connection, actor))
        by_state = select(process_instance.c.state, func.count()).where(*ours).group_by(process_instance.c.state)
        states: dict[str, int] = {row[0]: row[1] for row in connection.execute(by_state)}
        stopped = (
            select(func.count())
            .select_from(incident)
            .join(process_instance, process_instance.c.id == incident.c.instance_id)
        )
        last = (
            select(process_instance.c.started_at, process_instance.c.ended_at)
            .where(*ours, process_instance.c.state == "completed")
            .order_by(process_instance.c.started_at.desc())
            .limit(SAMPLE)
        )
        spans = sorted(row.ended_at - row.started_at for row in connection.execute(last) if row.ended_at is not None)
        return Figures(
            running=states.get("running", 0),
            completed=states.get("completed", 0),
            failed=states.get("failed", 0),
            cancelled=states.get("cancelled", 0),
            incidents=connection.scalar(stopped.where(*ours)) or 0,
            median=_at(spans, 0.5),
            p90=_at(spans, 0.9),
            measured=len(spans),
        )

    def _of(self) -> tuple[ColumnElement[bool], ...]:
        if self.version is None:
            return (process_instance.c.key == self.key,)
        version = select(process_definition.c.id).where(
            process_definition.c.key == self.key, process_definition.c.version == self.version
        )
        return (process_instance.c.definition_id == version.scalar_subquery(),)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An element where tokens are: how many, how many of them stopped, and since when the longest has waited."""

    element_id: str
    count: int
    stopped: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class WaitingPlaces:
    """Where the running instances of a definition wait, by element."""

    permission: ClassVar[str] = "see"
    by_process: ClassVar[bool] = True
    definition_id: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[WaitingRow, ...]:
        check_sees_all(connection, actor, self.definition_id)
        tokens = self._counts(connection, self._by_element(node, func.count()))
        # What holds a sub-process or a loop together is where its parts are.
        for element_id, number in self._counts(connection, self._holders()).items():
            tokens[element_id] -= number
        stopped = self._counts(connection, self._by_element(incident, func.count()))
        since: dict[str, datetime] = {}
        for table in (user_task, job, event_subscription, incident):
            oldest = func.min(table.c.created_at, type_=table.c.created_at.type)
            for element_id, moment in connection.execute(self._by_element(table, oldest)):
                if element_id is not None:
                    since[element_id] = min(moment, since.get(element_id, moment))
        return tuple(
            WaitingRow(each, tokens.get(each, 0), stopped.get(each, 0), since.get(each))
            for each in sorted(tokens.keys() | stopped.keys())
            if tokens.get(each, 0) or each in stopped
        )

    @staticmethod
    def _counts(connection: Connection, statement: Select[Any]) -> dict[str, int]:
        return {row[0]: row[1] for row in connection.execute(statement)}

    def _by_element(self, table: Table, figure: ColumnElement[Any]) -> Select[Any]:
        return (
            select(table.c.element_id, figure)
            .where(table.c.instance_id.in_(self._running()))
            .group_by(table.c.element_id)
        )

    def _running(self) -> Select[Any]:
        instance = process_instance.c
        return select(instance.id).where(instance.definition_id == self.definition_id, instance.state == "running")

    def _holders(self) -> Select[Any]:
        """Tokens that others are inside of, by element."""
        inside = (
            select(node.c.root_id, node.c.parent)
            .where(node.c.parent.is_not(None), node.c.instance_id.in_(self._running()))
            .distinct()
            .subquery()
        )
        return (
            select(node.c.element_id, func.count())
            .join_from(inside, node, (node.c.root_id == inside.c.root_id) & (node.c.number == inside.c.parent))
            .where(node.c.instance_id.in_(self._running()))
            .group_by(node.c.element_id)
        )


def _at(spans: list[timedelta], share: float) -> timedelta | None:
    """The span that this share of them does not exceed."""
    return spans[min(len(spans) - 1, int(share * len(spans)))] if spans else None
