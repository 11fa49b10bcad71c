"""Who acts: a person with groups and permissions, or the engine itself."""

from __future__ import annotations

from dataclasses import dataclass

ANYTHING = "*"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who sends a command or asks a query. Without a permission nothing is allowed; `*` allows everything."""

    user: str | None
    groups: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()

    def may(self, permission: str) -> bool:
        return permission in self.permissions or ANYTHING in self.permissions


SYSTEM = Actor(user=None, permissions=frozenset({ANYTHING}))
"""The engine: timers that fire, jobs that run, messages that are delivered."""

NOBODY = Actor(user=None)
"""Somebody who has not signed in."""
