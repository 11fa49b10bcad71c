"""Who acts: a person with groups and permissions, or the engine itself."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from engine.permissions import ANYTHING, GRANTS, INCLUDED_IN

# Small letters of other scripts that are drawn like Latin ones, each above the one it is taken for.
_DRAWN_ALIKE = str.maketrans(
    "аеорсухіїјѕһԁԛԝкмтαορνικυτıɑɡ",
    "aeopcyxiijshdqwkmtaopvikutiag",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who sends a command or asks a query. Without a permission nothing is allowed; `*` allows everything.

    `grants`: what the actor, or a group of theirs, was granted (engine.permissions), and of which process key.
    """

    user: str | None
    groups: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    grants: frozenset[tuple[str, str]] = frozenset()

    def may(self, permission: str) -> bool:
        """Everywhere."""
        own = self.permissions
        return permission in own or ANYTHING in own or any(each in own for each in INCLUDED_IN.get(permission, ()))

    def may_somewhere(self, permission: str) -> bool:
        """Everywhere, or in a process that was granted."""
        return self.may(permission) or bool(self.keys(permission))

    def keys(self, permission: str) -> frozenset[str]:
        """The processes where a grant gives the permission."""
        return frozenset(key for grant, key in self.grants if permission in GRANTS[grant])

    def within(self, key: str) -> Actor:
        """The actor as they are in that process: what they were granted there they may."""
        given = {permission for grant, granted in self.grants if granted == key for permission in GRANTS[grant]}
        return replace(self, permissions=self.permissions | given) if given else self


SYSTEM = Actor(user=None, permissions=frozenset({ANYTHING}))
"""The engine: timers that fire, jobs that run, messages that are delivered."""

NOBODY = Actor(user=None)
"""Somebody who has not signed in."""


def read_alike(name: str) -> str:
    """The same for two names that a person takes for one: other case, other widths, letters of another script."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(each for each in plain.translate(_DRAWN_ALIKE) if unicodedata.category(each) != "Cf").strip()
