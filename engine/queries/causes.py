"""Incidents by cause: what stopped, where and why, how many alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Connection, func, select

from engine.identity import Actor
from engine.persistence.tables import incident, process_definition, process_instance
from engine.queries.visibility import sees_instance

MOST = 200


@dataclass(frozen=True, slots=True)
class CauseRow:
    """Incidents that are alike: of one process, element and reason. `definition_id` is the newest version's."""

    definition_key: str
    definition_id: str
    name: str | None
    element_id: str
    code: str
    reason: str
    fix: str
    expression: str | None
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class IncidentCauses:
    """The causes, those with most incidents first; at most `MOST` of them."""

    permission: ClassVar[str] = "read"
    definition_key: str | None = None

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[CauseRow, ...]:
        moment = incident.c.created_at.type
        alike = (process_instance.c.key, incident.c.element_id, incident.c.code, incident.c.reason)
        number = func.count().label("number")
        statement = (
            select(
                *alike,
                func.max(process_instance.c.definition_id).label("definition_id"),
                func.max(process_definition.c.name).label("name"),
                func.max(incident.c.fix).label("fix"),
                func.max(incident.c.expression).label("expression"),
                number,
                func.min(incident.c.created_at, type_=moment).label("first_at"),
                func.max(incident.c.created_at, type_=moment).label("last_at"),
            )
            .join(process_instance, process_instance.c.id == incident.c.instance_id)
            .join(process_definition, process_definition.c.id == process_instance.c.definition_id)
            .where(sees_instance(connection, actor))
            .group_by(*alike)
            .order_by(number.desc(), *alike)
            .limit(MOST)
        )
        if self.definition_key is not None:
            statement = statement.where(process_instance.c.key == self.definition_key)
        return tuple(
            CauseRow(
                definition_key=row.key,
                definition_id=row.definition_id,
                name=row.name,
                element_id=row.element_id,
                code=row.code,
                reason=row.reason,
                fix=row.fix,
                expression=row.expression,
                count=row.number,
                first_at=row.first_at,
                last_at=row.last_at,
            )
            for row in connection.execute(statement)
        )
