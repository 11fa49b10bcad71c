"""What runners ask: when the next job is due, and what a service job calls with which variables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Connection, select

from engine.identity import Actor
from engine.persistence.jobs import Jobs
from engine.persistence.tables import job
from engine.persistence.tokens import Tokens
from engine.queries.variables import scopes_of, visible_from
from engine.services import ServiceCall


@dataclass(frozen=True, slots=True)
class NextDue:
    """When a job of these kinds is due next, or the lease of one runs out; `now_only`: None unless that is now."""

    permission: ClassVar[str] = "administer"
    kinds: tuple[str, ...]
    now_only: bool = False

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> datetime | None:
        due = Jobs(connection).next_due(self.kinds)
        return None if due is None or (self.now_only and due > now) else due


@dataclass(frozen=True, slots=True)
class ServiceCallOf:
    """The call of a service job, with the variables that its token sees now; None if `owner` has it no longer."""

    permission: ClassVar[str] = "administer"
    job_id: str
    owner: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> ServiceCall | None:
        row = connection.execute(select(job).where(job.c.id == self.job_id, job.c.lease_owner == self.owner)).first()
        if row is None:
            return None
        token = Tokens(connection).get(row.root_id, row.token)
        binding = row.payload.get("binding") or {}
        variables = {
            **visible_from(scopes_of(connection, row.root_id), token.scope if token is not None else None),
            **(row.payload.get("fields") or {}),
        }
        return ServiceCall(
            key=row.id,
            kind=binding.get("kind", ""),
            target=binding.get("target", ""),
            variables=variables,
            options=binding.get("options") or {},
            result_variable=row.payload.get("result_variable"),
        )
