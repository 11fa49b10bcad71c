"""Sessions: whose one is, and which a person has open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, select

from engine.identity import Actor
from engine.persistence.sessions import ID_LENGTH
from engine.persistence.tables import session, user
from engine.queries.identities import actor_of, token_hash


@dataclass(frozen=True, slots=True)
class Profile:
    """How the person wants to be called and shown things; None: as the browser says, or as it is set for all."""

    name: str | None
    email: str | None
    language: str | None
    zone: str | None
    theme: str | None
    mail_mentions: bool = False
    mail_tasks: bool = False
    page_size: int | None = None


@dataclass(frozen=True, slots=True)
class SessionView:
    """Who a session's requests act for, and what it remembers. `must_change`: the password was for once."""

    actor: Actor
    profile: Profile
    expires_at: datetime
    data: dict[str, Any]
    must_change: bool

    @property
    def name(self) -> str | None:
        return self.profile.name


@dataclass(frozen=True, slots=True)
class SessionOf:
    """The session with that token, None when it is unknown or over; asked by the web layer as the engine itself."""

    permission: ClassVar[str] = "administer"
    token: str = field(repr=False)

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> SessionView | None:
        statement = (
            select(session, user)
            .join(user, user.c.id == session.c.user_id)
            .where(session.c.token_hash == token_hash(self.token), session.c.expires_at > now, user.c.active)
        )
        row = connection.execute(statement).one_or_none()
        if row is None:
            return None
        return SessionView(
            actor=actor_of(connection, row.user_id, row.permissions),
            profile=Profile(**{name: getattr(row, name) for name in Profile.__dataclass_fields__}),
            expires_at=row.expires_at,
            data=row.data,
            must_change=row.must_change,
        )


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as its user knows it. `id` ends it and does not act by it; `here`: the one that asks."""

    id: str
    created_at: datetime
    expires_at: datetime
    address: str | None
    agent: str | None
    here: bool


@dataclass(frozen=True, slots=True)
class SessionList:
    """The actor's open sessions, the newest first. `here`: the token of the one that asks."""

    permission: ClassVar[str] = "read"
    here: str = field(default="", repr=False)

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> tuple[OpenSession, ...]:
        own = (session.c.user_id == (actor.user or ""), session.c.expires_at > now)
        rows = connection.execute(select(session).where(*own).order_by(session.c.created_at.desc()))
        asks = token_hash(self.here)
        return tuple(
            OpenSession(
                row.token_hash[:ID_LENGTH],
                row.created_at,
                row.expires_at,
                row.address,
                row.agent,
                row.token_hash == asks,
            )
            for row in rows
        )
